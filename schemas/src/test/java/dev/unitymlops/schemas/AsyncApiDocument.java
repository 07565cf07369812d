package dev.unitymlops.schemas;

import static java.util.stream.Collectors.toMap;

import dev.unitymlops.events.StageCommand;
import dev.unitymlops.events.StageWork;
import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WorkerPresence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The contract as an AsyncAPI 3.0.0 document, made from {@link Topics} and the Avro sources. */
final class AsyncApiDocument {
    private static final String HEAD = """
            # Generated from Topics and src/main/avro; README.md says how. Do not edit.
            """;
    private static final String DESCRIPTION = """
            From a Unity project to a trained, registered model: job-requested, build-completed, training-completed, model-registered.
            Values are Avro in Confluent's wire format (a zero byte, the schema's id as 4 bytes, big-endian, Avro binary), keys are UTF-8 text. The
            records are to be read with isolation.level=read_committed. Private topics, <stage>-commands, <stage>-work and webhook-commands, are named
            for who operates a cluster; nobody else writes or reads them.
            """;

    /** The newest Avro that AsyncAPI has a name for; our schemas use nothing younger. */
    private static final String SCHEMA_FORMAT = "application/vnd.apache.avro+json;version=1.9.0";

    private static final String BINDING_VERSION = "0.5.0";
    /** What processes tell themselves and each other carries no CloudEvents headers. */
    private static final Set<Schema> NO_EVENTS = Set.of(
            StageCommand.getClassSchema(),
            StageWork.getClassSchema(),
            WorkerPresence.getClassSchema(),
            WebhookCommand.getClassSchema());

    private final String version;
    private final Map<String, Schema> valueSchemas;
    private final List<TopicSpec> topics = Topics.allWithDeadLetters();

    /** @param version of the contract */
    AsyncApiDocument(String version, Map<String, Schema> valueSchemas) {
        this.version = version;
        this.valueSchemas = valueSchemas;
    }

    String yaml() {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(1000)
                .build();
        return HEAD + new Dump(settings).dumpToString(document());
    }

    private Map<String, Object> document() {
        return map(
                "asyncapi",
                "3.0.0",
                "info",
                map("title", "unity-mlops", "version", version, "description", DESCRIPTION),
                "defaultContentType",
                "application/avro",
                "channels",
                byName(topics, TopicSpec::name, this::channel),
                "operations",
                operations(),
                "components",
                map(
                        "messages",
                        byName(topics, AsyncApiDocument::messageName, this::message),
                        "messageTraits",
                        map(
                                "event",
                                map("headers", RecordHeaders.OF_EVENTS),
                                "dead-letter",
                                map("headers", RecordHeaders.OF_DEAD_LETTERS))));
    }

    private Map<String, Object> channel(TopicSpec topic) {
        String message = messageName(topic);
        return map(
                "address",
                topic.name(),
                "description",
                topic.says(),
                "messages",
                map(message, reference("components/messages/" + message)),
                "bindings",
                map(
                        "kafka",
                        map(
                                "partitions",
                                topic.partitions(),
                                "topicConfiguration",
                                configuration(topic),
                                "bindingVersion",
                                BINDING_VERSION)));
    }

    private static Map<String, Object> configuration(TopicSpec topic) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        topic.configs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(config -> configuration.put(config.getKey(), typed(config.getKey(), config.getValue())));
        return configuration;
    }

    private static Object typed(String key, String value) {
        return switch (key) {
            case "cleanup.policy" -> List.of(value);
            case "min.cleanable.dirty.ratio" -> Double.valueOf(value);
            default -> Long.valueOf(value);
        };
    }

    private Map<String, Object> operations() {
        Map<String, Object> operations = new LinkedHashMap<>();
        for (TopicSpec topic : topics) {
            for (String owner : topic.owner().split(", ", -1)) {
                operations.put(
                        owner.replace(' ', '-') + ".sends." + topic.name(),
                        map(
                                "action",
                                "send",
                                "summary",
                                "Written by " + owner + ".",
                                "channel",
                                reference("channels/" + topic.name()),
                                "messages",
                                List.of(reference("channels/" + topic.name() + "/messages/" + messageName(topic)))));
            }
        }
        return operations;
    }

    private Map<String, Object> message(TopicSpec topic) {
        Map<String, Object> message = map("name", messageName(topic));
        Schema schema = valueSchemas.get(topic.name());
        if (schema == null) {
            message.put("summary", topic.says());
            message.put("traits", List.of(reference("components/messageTraits/dead-letter")));
            message.put("bindings", map("kafka", map("key", key(topic), "bindingVersion", BINDING_VERSION)));
            return message;
        }
        message.put("summary", schema.getDoc());
        if (!NO_EVENTS.contains(topic.value())) {
            message.put("traits", List.of(reference("components/messageTraits/event")));
        }
        message.put("payload", map("schemaFormat", SCHEMA_FORMAT, "schema", plain(schema)));
        message.put(
                "bindings",
                map(
                        "kafka",
                        map(
                                "key",
                                key(topic),
                                "schemaIdLocation",
                                "payload",
                                "schemaIdPayloadEncoding",
                                "confluent",
                                "schemaLookupStrategy",
                                "TopicNameStrategy",
                                "bindingVersion",
                                BINDING_VERSION)));
        return message;
    }

    private static Map<String, Object> key(TopicSpec topic) {
        return map("type", "string", "description", topic.key());
    }

    private static String messageName(TopicSpec topic) {
        return topic.value() == null ? topic.name() : topic.value().getName();
    }

    private static Object plain(Schema schema) {
        // JSON is YAML
        return new Load(LoadSettings.builder().build()).loadFromString(schema.toString());
    }

    private static Map<String, Object> reference(String path) {
        return map("$ref", "#/" + path);
    }

    private static Map<String, Object> byName(
            List<TopicSpec> topics, Function<TopicSpec, String> name, Function<TopicSpec, Object> value) {
        return topics.stream().collect(toMap(name, value, (first, same) -> first, LinkedHashMap::new));
    }

    /** Keys and values in turn, in this order. */
    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
