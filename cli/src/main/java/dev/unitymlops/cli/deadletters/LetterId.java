package dev.unitymlops.cli.deadletters;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.unitymlops.runtime.DeadLetters;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a dead letter lies.
 *
 * @param topic of dead letters, without the cluster's prefix
 */
record LetterId(String topic, int partition, long offset) implements Comparable<LetterId> {
    private static final Pattern WRITTEN = Pattern.compile("(.+)/(\\d{1,9})/(\\d{1,18})");
    private static final Comparator<LetterId> ORDER = Comparator.comparing(LetterId::topic)
            .thenComparingInt(LetterId::partition)
            .thenComparingLong(LetterId::offset);

    /** Every topic of dead letters. */
    static List<TopicSpec> topics() {
        return Topics.allWithDeadLetters().stream()
                .filter(topic -> topic.name().endsWith(DeadLetters.SUFFIX))
                .toList();
    }

    /** The topic of dead letters with that name, or of a topic with that name; empty when there is none. */
    static Optional<TopicSpec> topicNamed(String name) {
        return topics().stream()
                .filter(topic -> topic.name().equals(name) || topic.name().equals(name + DeadLetters.SUFFIX))
                .findFirst();
    }

    /** Reads what {@link #toString} writes; empty for any other text, and for a topic that holds no dead letters. */
    static Optional<LetterId> parse(String text) {
        return Optional.of(WRITTEN.matcher(text))
                .filter(Matcher::matches)
                .flatMap(written -> topicNamed(written.group(1))
                        .map(topic -> new LetterId(
                                topic.name(), Integer.parseInt(written.group(2)), Long.parseLong(written.group(3)))));
    }

    /** The topic from which the letter came, without the cluster's prefix; the name says it, whatever headers say. */
    String source() {
        return topic.substring(0, topic.length() - DeadLetters.SUFFIX.length());
    }

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }

    /** As people copy it from one command to the next: {@code job-requested.dead-letters/0/17}. */
    @JsonValue
    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }

    private static String names() {
        return String.join(", ", topics().stream().map(TopicSpec::name).toList());
    }

    /** A letter on the command line. */
    static final class Converter implements ITypeConverter<LetterId> {
        @Override
        public LetterId convert(String text) {
            return parse(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text
                            + "' is no dead letter; write TOPIC/PARTITION/OFFSET as `mlops dead-letters list` does,"
                            + " with one of these topics: " + names()));
        }
    }

    /** Reads the name of a topic, with or without {@code .dead-letters}. */
    static final class TopicConverter implements ITypeConverter<TopicSpec> {
        @Override
        public TopicSpec convert(String text) {
            return topicNamed(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no topic with dead letters; there are: " + names()));
        }
    }
}
