package dev.unitymlops.cli.topics;

import dev.unitymlops.runtime.RegisterSchemas;
import dev.unitymlops.runtime.TopicPlan.Difference;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which a topic is not as declared, as {@code --json} shows it.
 *
 * @param difference {@code missing}, {@code config}, {@code replicas}, {@code partitions} or {@code schema}
 * @param key the configuration's; null for the others
 * @param actual what the cluster has, for a schema in the registry's words; null where the topic is missing
 * @param action {@code create}, {@code set} or {@code register}, which {@code apply} does; {@code none} where nothing
 *     can be done
 * @param applied whether this command has done it
 */
record DifferenceRow(
        String topic,
        String difference,
        @Nullable String key,
        String wanted,
        @Nullable String actual,
        String action,
        boolean applied) {
    static final String NO_ACTION = "none";

    /** @param apply whether what can be done has been done */
    static DifferenceRow of(Difference difference, boolean apply) {
        return switch (difference) {
            case Difference.Missing missing ->
                new DifferenceRow(missing.topic(), "missing", null, wanted(missing), null, "create", apply);
            case Difference.OtherConfig other ->
                new DifferenceRow(other.topic(), "config", other.key(), other.wanted(), other.actual(), "set", apply);
            case Difference.FewerReplicas other -> told(other.topic(), "replicas", other.wanted(), other.actual());
            case Difference.OtherPartitions other -> told(other.topic(), "partitions", other.wanted(), other.actual());
        };
    }

    private static DifferenceRow told(String topic, String difference, int wanted, int actual) {
        return new DifferenceRow(
                topic, difference, null, String.valueOf(wanted), String.valueOf(actual), NO_ACTION, false);
    }

    /** A value schema that is not in the registry. */
    static DifferenceRow of(RegisterSchemas.Refusal lacking, boolean applied) {
        return new DifferenceRow(
                lacking.topic(), "schema", null, "this version's", lacking.reason(), "register", applied);
    }

    private static String wanted(Difference.Missing missing) {
        String replicas = missing.replicationFactor() < 0 ? "the cluster's" : "" + missing.replicationFactor();
        return missing.partitions() + " partitions, " + replicas + " replicas, " + new TreeMap<>(missing.configs());
    }

    /** For people. */
    String text() {
        return switch (difference) {
            case "missing" -> (applied ? "created  " : "create   ") + topic + " (" + wanted + ")";
            case "config" ->
                (applied ? "is set   " : "set      ") + topic + " " + key + " = " + wanted + " (it was " + actual + ")";
            case "replicas" ->
                "differs  " + topic + " has " + actual + " replicas, " + wanted
                        + " are wanted: left as it is, since that moves data between brokers (kafka-reassign-partitions)";
            case "schema" -> (applied ? "registered " : "register ") + topic + "'s schema (it was: " + actual + ")";
            default ->
                "differs  " + topic + " has " + actual + " partitions, " + wanted
                        + " are declared: left as it is,"
                        + " since a key's later records would go elsewhere than its earlier ones";
        };
    }
}
