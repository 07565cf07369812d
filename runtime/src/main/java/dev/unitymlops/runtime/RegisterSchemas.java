package dev.unitymlops.runtime;

import dev.unitymlops.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Has our value schemas in the schema registry before anybody writes a record. Left to the first record, a subject begins
 * with the schema of whoever writes it, and a foreign producer's own may leave no room for ours.
 *
 * <p>The serializer does it, by serializing a made-up record that is thrown away: so text, subject and rights are those
 * of every record after it, whichever registry's serializer is configured.
 */
public final class RegisterSchemas {
    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.25);
    private static final String REGISTERS = "auto.register.schemas";
    private static final long SEED = 1;

    private final KafkaClients clients;
    private final TopicSettings settings;

    public RegisterSchemas(KafkaClients clients, TopicSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /**
     * A schema that the registry does not have.
     *
     * @param topic name on this cluster
     * @param reason in the words of the registry, or of its client
     */
    public record Refusal(String topic, String reason) {}

    /**
     * What is done before the first record: registers, or only looks where {@code auto.register.schemas} is false.
     *
     * @throws MissingHere when the registry then lacks one
     */
    public void ensure(Collection<TopicSpec> topics) throws InterruptedException {
        List<Refusal> refusals = tryEach(topics, Map.of());
        if (!refusals.isEmpty()) {
            throw new MissingHere(message(refusals));
        }
    }

    /** Looks only; what is missing, and where the subject holds other schemas. */
    public List<Refusal> lookUp(Collection<TopicSpec> topics) throws InterruptedException {
        return tryEach(topics, Map.of(REGISTERS, "false", "use.latest.version", "false"));
    }

    /** Registers whatever the settings say; what the registry refuses. */
    public List<Refusal> register(Collection<TopicSpec> topics) throws InterruptedException {
        return tryEach(topics, Map.of(REGISTERS, "true"));
    }

    private List<Refusal> tryEach(Collection<TopicSpec> topics, Map<String, String> overrides)
            throws InterruptedException {
        long deadline = System.nanoTime() + clients.settings().startTimeout().toNanos();
        var refusals = new ArrayList<Refusal>();
        try (Serializer<IndexedRecord> serializer = clients.serializer(overrides)) {
            for (TopicSpec topic : topics) {
                Schema schema = topic.value();
                if (schema != null) {
                    String name = settings.name(topic);
                    String reason = reasonAgainst(serializer, name, schema, deadline);
                    if (!reason.isEmpty()) {
                        refusals.add(new Refusal(name, reason));
                    }
                }
            }
        }
        return refusals;
    }

    /** Empty when there is none. */
    private String reasonAgainst(Serializer<IndexedRecord> serializer, String topic, Schema schema, long deadline)
            throws InterruptedException {
        var madeUp = (IndexedRecord) new RandomData(schema, 1, SEED).iterator().next();
        for (int failures = 1; ; failures++) {
            try {
                byte[] unused = serializer.serialize(topic, madeUp);
                return "";
            } catch (KafkaException e) {
                if (!EventDecoder.isRegistryDown(e)) {
                    return innermost(e);
                }
                if (System.nanoTime() > deadline) {
                    throw unreachable(e);
                }
            }
            TimeUnit.NANOSECONDS.sleep(
                    BETWEEN_TRIES.after(failures, RandomGenerator.getDefault()).toNanos());
        }
    }

    private Unreachable unreachable(KafkaException last) {
        KafkaSettings cluster = clients.settings();
        return new Unreachable(
                "The schema registry at " + cluster.shownRegistryUrl() + " could not be asked within "
                        + cluster.startTimeout().toSeconds() + " s: " + innermost(last)
                        + "; see that it runs and that schema.registry.* is right",
                last);
    }

    private String message(List<Refusal> refusals) {
        boolean registers = !"false".equals(clients.settings().registry().get(REGISTERS));
        var message =
                new StringBuilder("The schema registry at " + clients.settings().shownRegistryUrl() + " "
                        + (registers ? "refuses our schemas" : "lacks our schemas") + " of these topics:");
        refusals.forEach(refusal ->
                message.append("\n  ").append(refusal.topic()).append(": ").append(refusal.reason()));
        return message.append(
                        registers
                                ? "\nSomebody registered another schema first: let its producer use ours"
                                        + " (schemas/released) and delete those subjects in the registry"
                                : "\nRegister them with mlops topics apply, or set schema.registry." + REGISTERS
                                        + " to true")
                .toString();
    }

    /** Serializers wrap the registry's answer into their own words with the whole schema. */
    private static String innermost(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }
}
