package dev.unitymlops.system.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.ModelRegistered;
import dev.unitymlops.testkit.DeliveryGuarantee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The file registry holds one version for each job that trained for real, the one that its event names, and none else.
 *
 * @param registry its folder
 */
record OneModel(Path registry) implements DeliveryGuarantee {

    @Override
    public List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        Map<String, Long> versions = jobsOfVersions().stream().collect(groupingBy(it -> it, counting()));
        List<String> breaches = new ArrayList<>();
        for (var record : records) {
            if (record.value() instanceof ModelRegistered end) {
                long expected = end.getDryRun() ? 0 : 1;
                long found = versions.getOrDefault(end.getJobId(), 0L);
                if (found != expected || end.getModels().size() != expected) {
                    breaches.add("%s%s has %d versions in the registry and %d in its event"
                            .formatted(
                                    end.getJobId(),
                                    end.getDryRun() ? ", a dry run," : "",
                                    found,
                                    end.getModels().size()));
                }
            }
        }
        return breaches;
    }

    /** How many versions there are. */
    int size() {
        return jobsOfVersions().size();
    }

    private List<String> jobsOfVersions() {
        if (!Files.isDirectory(registry)) {
            return List.of();
        }
        ObjectMapper json = new ObjectMapper();
        List<String> jobs = new ArrayList<>();
        try (Stream<Path> files = Files.find(registry, 3, (file, about) -> file.endsWith("model.json"))) {
            for (Path file : files.toList()) {
                for (JsonNode version : json.readTree(file.toFile()).required("versions")) {
                    jobs.add(version.required("job_id").asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(jobs);
    }
}
