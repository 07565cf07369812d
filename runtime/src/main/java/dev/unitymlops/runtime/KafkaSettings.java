package dev.unitymlops.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka and the schema registry are, and every setting of Kafka's clients, untouched.
 *
 * @param bootstrapServers {@code host:port} between commas
 * @param registryUrl base URL of a registry that speaks Confluent's REST API
 * @param client {@code kafka.*}, prefix cut: for every client, more specific under {@code producer.}, {@code
 *     consumer.}, {@code admin.} and {@code streams.}
 * @param registry {@code schema.registry.*}, prefix cut
 * @param startTimeout how long both may take to answer when a service starts
 */
public record KafkaSettings(
        String bootstrapServers,
        String registryUrl,
        Map<String, String> client,
        Map<String, String> registry,
        Duration startTimeout) {
    private static final Pattern USER_NAME = Pattern.compile("(?:username|clientId)=['\"]([^'\"]*)['\"]");
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@,\\s]*@");

    public KafkaSettings {
        client = Map.copyOf(client);
        registry = Map.copyOf(registry);
    }

    /** The registry's URL for messages and logs: without the user info that it may carry. */
    public String shownRegistryUrl() {
        return withoutUserInfo(registryUrl);
    }

    /** Who this is to the brokers, for messages: the user name where one is set, since Kafka does not tell a client. */
    String principal() {
        Map<String, Object> admin = of("admin");
        if (admin.get("sasl.oauthbearer.client.credentials.client.id") instanceof String client) {
            return "User:" + client;
        }
        String login = String.valueOf(admin.get("sasl.jaas.config"));
        Matcher user = USER_NAME.matcher(login);
        return user.find() ? "User:" + user.group(1) : "this principal";
    }

    /** A text in which the user info of URLs is hidden. */
    static String withoutUserInfo(String text) {
        return USER_INFO.matcher(text).replaceAll(SettingDescription.HIDDEN + "@");
    }

    /** What the guarantees rest on; {@link KafkaClients} sets it. */
    private static final Map<String, String> NEEDED = Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            "isolation.level", "read_committed",
            "enable.auto.commit", "false");

    public static KafkaSettings from(Settings.Reader s) {
        var read = read(s);
        read.client().forEach((key, value) -> {
            String needed = NEEDED.get(key.replaceFirst(
                    "^(streams\\.)?((main\\.|restore\\.|global\\.)?consumer|producer|admin)\\.|^streams\\.", ""));
            if (needed != null && !value.equals(needed) && !("all".equals(needed) && value.equals("-1"))) {
                s.problem(
                        "kafka." + key,
                        value,
                        "weakens what the pipeline promises: it must be " + needed,
                        "leave it out, it is set to that");
            }
        });
        return read;
    }

    private static KafkaSettings read(Settings.Reader s) {
        return new KafkaSettings(
                s.key("bootstrap.servers", "Kafka brokers, host:port between commas.")
                        .env("KAFKA_BOOTSTRAP_SERVERS")
                        .text(),
                s.key("schema.registry.url", "Base URL of the schema registry.")
                        .env("SCHEMA_REGISTRY_URL")
                        .text(),
                s.prefixed("kafka.", "Any setting of Kafka's clients; for one kind of client: kafka.producer.*, ..."),
                s.prefixed("schema.registry.", "Any setting of the Avro serializers and their registry client."),
                s.key("cluster.start-timeout", "How long brokers and registry may take to answer at the start.")
                        .duration(Duration.ofSeconds(30)));
    }

    /** Settings of one kind of client: {@code producer}, {@code consumer}, {@code admin} or {@code streams}. */
    Map<String, Object> of(String kind) {
        var found = new HashMap<String, Object>();
        client.forEach((key, value) -> {
            if (!key.matches("(producer|consumer|admin|streams)\\..*")) {
                found.put(key, value);
            }
        });
        client.forEach((key, value) -> {
            if (key.startsWith(kind + ".")) {
                found.put(key.substring(kind.length() + 1), value);
            }
        });
        found.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return found;
    }

    /**
     * Settings of the serializers. TLS to the registry keeps its prefix ({@code schema.registry.ssl.*}), so that it is
     * not taken for TLS to the brokers; all else ({@code basic.auth.user.info}, {@code auto.register.schemas}) is theirs
     * without a prefix.
     *
     * <p>Unless they say otherwise, what only our Java classes need ({@code avro.java.string}) is left out of the schemas
     * that are registered: they are then one with the released ones, which producers in other languages take.
     */
    Map<String, Object> serdes() {
        var found = new HashMap<String, Object>();
        registry.forEach((key, value) -> found.put(key.startsWith("ssl.") ? "schema.registry." + key : key, value));
        found.remove("url");
        found.put("schema.registry.url", registryUrl);
        found.putIfAbsent("specific.avro.reader", "true");
        found.putIfAbsent("avro.remove.java.properties", "true");
        return found;
    }
}
