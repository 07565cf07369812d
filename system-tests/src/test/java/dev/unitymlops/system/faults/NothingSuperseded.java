package dev.unitymlops.system.faults;

import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.testkit.DeliveryGuarantee;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is published and registered is what the job's last holder stood for: each event names an attempt that has a
 * committed result, which is that of the last holder or an earlier one's that the last holder adopted; and each stage
 * worked on what the stage before it published.
 */
record NothingSuperseded() implements DeliveryGuarantee {

    /** What an event says of where it comes from, and of what it was made. */
    private record Origin(String topic, String jobId, int attempt, String artifacts, String madeOf) {}

    @Override
    public List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        Map<String, Integer> lastHeld = new HashMap<>();
        Map<String, String> published = new HashMap<>();
        List<Origin> origins = new ArrayList<>();
        for (var record : records) {
            if (record.value() instanceof StageWork work && work.getWorker() != null) {
                lastHeld.merge(record.key() + stage(record.topic()), work.getAttempt(), Math::max);
            }
            Origin origin = origin(record.topic(), record.value());
            if (origin != null) {
                origins.add(origin);
                published.put(origin.jobId() + stage(origin.topic()), origin.artifacts());
            }
        }
        return origins.stream()
                .flatMap(origin -> wrong(
                        origin,
                        lastHeld.getOrDefault(origin.jobId() + stage(origin.topic()), 0),
                        published.get(origin.jobId() + stageBefore(origin.topic())))
                        .stream())
                .toList();
    }

    private static List<String> wrong(Origin origin, int lastHeld, @Nullable String publishedBefore) {
        List<String> wrong = new ArrayList<>();
        String what = origin.jobId() + " on " + origin.topic() + ": ";
        if (origin.attempt() > lastHeld) {
            wrong.add(what + "attempt " + origin.attempt() + " was never given out, the last was " + lastHeld);
        }
        Path result = Path.of(URI.create(origin.artifacts())).resolve("result.json");
        if (!Files.exists(result)) {
            wrong.add(what + "there is no " + result);
        }
        if (!origin.madeOf().isEmpty() && !Objects.equals(origin.madeOf(), publishedBefore)) {
            wrong.add(what + "made of " + origin.madeOf() + ", while " + publishedBefore + " was published");
        }
        return wrong;
    }

    private static @Nullable Origin origin(String topic, @Nullable SpecificRecord value) {
        return switch (value) {
            case BuildCompleted it -> new Origin(topic, it.getJobId(), it.getAttempt(), it.getArtifacts(), "");
            case TrainingCompleted it ->
                new Origin(
                        topic,
                        it.getJobId(),
                        it.getAttempt(),
                        it.getArtifacts(),
                        it.getBuild().getArtifacts());
            case ModelRegistered it ->
                new Origin(
                        topic,
                        it.getJobId(),
                        it.getAttempt(),
                        it.getArtifacts(),
                        it.getTraining().getArtifacts());
            case null, default -> null;
        };
    }

    private static String stage(String topic) {
        return switch (topic) {
            case "build-work", "build-completed" -> "/build";
            case "train-work", "training-completed" -> "/train";
            case "registry-work", "model-registered" -> "/registry";
            default -> throw new IllegalArgumentException(topic + " belongs to no stage");
        };
    }

    private static String stageBefore(String topic) {
        return switch (topic) {
            case "training-completed" -> "/build";
            case "model-registered" -> "/train";
            default -> "/none";
        };
    }
}
