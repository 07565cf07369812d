package dev.unitymlops.schemas;

import static java.util.stream.Collectors.toMap;

import dev.unitymlops.events.ScheduleState;
import dev.unitymlops.events.ScheduledPlace;
import dev.unitymlops.events.StageState;
import dev.unitymlops.events.WaitingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** The contract as others see it: each topic's value schema from its source, without what concerns our Java classes. */
final class Contract {
    private static final Path SOURCES = inModule("src/main/avro");

    private Contract() {}

    /** A path of this module, wherever the tests run. */
    static Path inModule(String path) {
        return Path.of(System.getProperty("basedir", "")).resolve(path).toAbsolutePath();
    }

    /** Every named type. */
    static List<Schema> types() {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                parser.parse(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The schemas in " + SOURCES + " cannot be read", e);
        }
        return parser.getParsedNamedSchemas();
    }

    /** Value schema by topic, in the order in which topics are declared; dead letters have none. */
    static Map<String, Schema> valueSchemas() {
        Map<String, Schema> byName = byName();
        Map<String, Schema> byTopic = new LinkedHashMap<>();
        for (TopicSpec topic : Topics.all()) {
            byTopic.put(
                    topic.name(),
                    byName.get(Objects.requireNonNull(topic.value()).getFullName()));
        }
        return byTopic;
    }

    /** All that outlives a version: the values of topics, and what coordinators and the scheduler keep in their stores' changelogs. */
    static Map<String, Schema> persisted() {
        Map<String, Schema> persisted = valueSchemas();
        Map<String, Schema> byName = byName();
        persisted.put(
                "coordinator-store", byName.get(StageState.getClassSchema().getFullName()));
        persisted.put(
                "scheduler-schedules-store",
                byName.get(ScheduleState.getClassSchema().getFullName()));
        persisted.put(
                "scheduler-places-store",
                byName.get(ScheduledPlace.getClassSchema().getFullName()));
        persisted.put(
                "scheduler-waiting-store",
                byName.get(WaitingJob.getClassSchema().getFullName()));
        return persisted;
    }

    private static Map<String, Schema> byName() {
        return types().stream().collect(toMap(Schema::getFullName, type -> type));
    }
}
