package dev.unitymlops.stage.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.events.Stage;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.stage.artifacts.AttemptResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code result.json} of an attempt: written once, at its end. */
final class ResultFile {

    private static final Logger LOG = LoggerFactory.getLogger(ResultFile.class);
    private static final String NAME = "result.json";

    private ResultFile() {}

    /** The keys of {@code result.json}, in the order in which they stand there. */
    record Content(
            String jobId,
            int run,
            String stage,
            int attempt,
            String contentHash,
            boolean dryRun,
            String outcome,
            String startedAt,
            String completedAt,
            double durationSeconds,
            @Nullable String cause,
            List<String> messages,
            List<StoredFile> files,
            Map<String, String> versions,
            @Nullable Output output) {}

    /** The event, in Avro's JSON encoding, and its schema. */
    record Output(String schema, JsonNode event) {}

    static Path commit(Path attempt, AttemptResult result) throws IOException {
        Path file = attempt.resolve(NAME);
        WholeFile.commit(file, StoreJson.pretty(content(attempt, result)));
        return file;
    }

    static boolean isIn(Path attempt) {
        return Files.exists(attempt.resolve(NAME));
    }

    /**
     * Empty when there is none, or one that cannot be understood; that is named in the log.
     *
     * @throws IOException when the store cannot be read: that says nothing about the result
     */
    static Optional<AttemptResult> read(Path attempt) throws IOException {
        Path file = attempt.resolve(NAME);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(result(attempt, StoreJson.MAPPER.readValue(bytes, Content.class)));
        } catch (IOException | RuntimeException e) {
            LOG.warn("A result that cannot be understood counts as none file={}", file, e);
            return Optional.empty();
        }
    }

    private static Content content(Path attempt, AttemptResult result) throws IOException {
        AttemptId id = result.id();
        Ending ending = result.ending();
        return new Content(
                id.jobId(),
                id.run(),
                id.stage().name().toLowerCase(Locale.ROOT),
                id.attempt(),
                result.contentHash(),
                result.dryRun(),
                outcome(ending),
                result.startedAt().toString(),
                result.completedAt().toString(),
                Duration.between(result.startedAt(), result.completedAt()).toMillis() / 1000.0,
                ending instanceof Ending.Failed failed ? failed.cause().name() : null,
                messages(ending),
                files(attempt, ending),
                new TreeMap<>(result.versions()),
                ending instanceof Ending.Succeeded succeeded ? output(succeeded.event()) : null);
    }

    private static String outcome(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded succeeded -> "succeeded";
            case Ending.Failed failed -> "failed";
            case Ending.Cancelled cancelled -> "cancelled";
        };
    }

    private static List<String> messages(Ending ending) {
        return switch (ending) {
            case Ending.Succeeded succeeded -> List.of();
            case Ending.Failed failed -> failed.messages();
            case Ending.Cancelled cancelled -> cancelled.messages();
        };
    }

    /** An event also names files of earlier stages: those are in the results of these. */
    private static List<StoredFile> files(Path attempt, Ending ending) {
        List<ArtifactFile> named = switch (ending) {
            case Ending.Succeeded succeeded -> AvroJson.filesNamedBy(succeeded.event());
            case Ending.Failed failed -> failed.produced();
            case Ending.Cancelled cancelled -> cancelled.produced();
        };
        String folder = attempt.toUri().toString();
        String below = folder.endsWith("/") ? folder : folder + "/";
        return named.stream()
                .filter(file -> file.getUri().startsWith(below))
                .map(file -> StoredFile.of(file, attempt))
                .sorted(Comparator.comparing(StoredFile::path))
                .distinct()
                .toList();
    }

    private static Output output(SpecificRecord event) throws IOException {
        return new Output(event.getSchema().getFullName(), AvroJson.encode(event));
    }

    private static AttemptResult result(Path attempt, Content content) throws IOException {
        Stage stage = Stage.valueOf(content.stage().toUpperCase(Locale.ROOT));
        return new AttemptResult(
                new AttemptId(content.jobId(), content.run(), stage, content.attempt()),
                content.contentHash(),
                content.dryRun(),
                Instant.parse(content.startedAt()),
                Instant.parse(content.completedAt()),
                ending(attempt, stage, content),
                content.versions());
    }

    private static Ending ending(Path attempt, Stage stage, Content content) throws IOException {
        List<ArtifactFile> files =
                content.files().stream().map(file -> file.in(attempt)).toList();
        return switch (content.outcome()) {
            case "succeeded" -> new Ending.Succeeded(event(stage, content.output()));
            case "failed" -> new Ending.Failed(FailureCause.valueOf(content.cause()), content.messages(), files);
            case "cancelled" -> new Ending.Cancelled(content.messages(), files);
            default -> throw new IOException("unknown outcome " + content.outcome());
        };
    }

    private static SpecificRecord event(Stage stage, @Nullable Output output) throws IOException {
        if (output == null) {
            throw new IOException("a success without output");
        }
        return AvroJson.decode(
                output.event(),
                switch (stage) {
                    case BUILD -> BuildCompleted.class;
                    case TRAIN -> TrainingCompleted.class;
                    case REGISTRY -> ModelRegistered.class;
                    case UNKNOWN -> throw new IOException("no stage");
                });
    }
}
