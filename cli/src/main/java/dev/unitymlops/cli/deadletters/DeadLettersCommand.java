package dev.unitymlops.cli.deadletters;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.events.RecordCoordinates;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.schemas.TopicSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops dead-letters}. */
@Command(
        name = "dead-letters",
        description = "Show the records that could not be read or handled, and send them again.")
public final class DeadLettersCommand {
    private static final int REASON_WIDTH = 70;

    private final Say say;
    private final FindCluster find;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public DeadLettersCommand(Say say, FindCluster find) {
        this.say = say;
        this.find = find;
    }

    @Command(name = "list", description = "List them, topic by topic.")
    int list(
            @Option(
                            names = "--topic",
                            paramLabel = "TOPIC",
                            converter = LetterId.TopicConverter.class,
                            description = "Only those of this topic.")
                    @Nullable
                    TopicSpec topic)
            throws IOException, InterruptedException {
        List<DeadLetter> letters = new ReadLetters(find.find()).all(topics(topic));
        if (say.json()) {
            letters.forEach(letter -> say.answer(letter, ""));
        } else {
            say.text(letters.isEmpty() ? "There are no dead letters." : table(letters));
        }
        return ExitCode.DONE.code();
    }

    @Command(name = "show", description = "Show one whole: headers, and the value decoded or in hexadecimal.")
    int show(
            @Parameters(
                            paramLabel = "LETTER",
                            converter = LetterId.Converter.class,
                            description = "As `list` writes it.")
                    LetterId wanted)
            throws IOException, InterruptedException {
        Cluster cluster = find.find();
        var read = new ReadLetters(cluster);
        List<TopicSpec> topic = topicsOf(List.of(wanted));
        DeadLetter letter = chosen(read.all(topic), List.of(wanted)).getFirst();
        read.each(topic, (id, record) -> {
            if (id.equals(wanted)) {
                LetterView view = LetterView.of(letter, record, cluster);
                say.answer(view, view.text());
            }
        });
        return ExitCode.DONE.code();
    }

    @Command(
            name = "replay",
            description = {
                "Send them to the topics that they came from, bytes and headers as they were.",
                "What has been sent again is marked in the same transaction and not sent a second time."
            })
    int replay(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "LETTER",
                            converter = LetterId.Converter.class,
                            description = "As `list` writes them.")
                    @Nullable
                    List<LetterId> wanted,
            @Option(names = "--all", description = "All that have not been sent again yet.") boolean all,
            @Option(
                            names = "--topic",
                            paramLabel = "TOPIC",
                            converter = LetterId.TopicConverter.class,
                            description = "With --all: only those of this topic.")
                    @Nullable
                    TopicSpec topic,
            @Option(names = "--again", description = "Also what has been sent again already.") boolean again)
            throws IOException, InterruptedException {
        List<LetterId> named = wanted == null ? List.of() : wanted;
        if (named.isEmpty() != all) {
            throw new ParameterException(
                    spec.subcommands().get("replay"), "Name the letters to be sent again, or --all of them.");
        }
        Cluster cluster = find.find();
        List<TopicSpec> topics = all ? topics(topic) : topicsOf(named);
        var read = new ReadLetters(cluster);
        try (var replay = new ReplayLetters(cluster)) {
            List<DeadLetter> letters = read.all(topics);
            List<DeadLetter> chosen = all ? letters : chosen(letters, named);
            send(read, replay, topics, unsent(chosen, all, again));
        }
        return ExitCode.DONE.code();
    }

    private void send(ReadLetters read, ReplayLetters replay, List<TopicSpec> topics, List<DeadLetter> letters)
            throws InterruptedException {
        Map<LetterId, DeadLetter> left = letters.stream()
                .collect(Collectors.toMap(DeadLetter::letter, Function.identity(), (one, two) -> one, TreeMap::new));
        read.each(topics, (id, record) -> {
            DeadLetter letter = left.remove(id);
            if (letter != null) {
                RecordCoordinates to = replay.replay(letter, record);
                var row = new ReplayRow(id, to.getTopic(), to.getPartition(), to.getOffset());
                say.answer(row, id + " -> " + to.getTopic() + "/" + to.getPartition() + "/" + to.getOffset());
            }
        });
        if (!left.isEmpty()) {
            throw new Refused("No longer there, their time was up: " + left.keySet());
        }
        say.tell(letters.size() + " sent again.");
    }

    private List<DeadLetter> unsent(List<DeadLetter> chosen, boolean all, boolean again) {
        var sent = new ArrayList<DeadLetter>(chosen);
        sent.removeIf(letter -> again || letter.replayed() == null);
        if (!sent.isEmpty() && !all) {
            throw new Refused("Sent again already, nothing was sent now: "
                    + sent.stream().map(DeadLetter::letter).toList() + ". Send a second time with --again.");
        }
        if (!sent.isEmpty()) {
            say.tell(sent.size() + " were sent again earlier and are left out; --again includes them.");
        }
        return chosen.stream().filter(letter -> !sent.contains(letter)).toList();
    }

    private static List<DeadLetter> chosen(List<DeadLetter> letters, List<LetterId> wanted) {
        var missing = new TreeSet<>(wanted);
        List<DeadLetter> chosen = letters.stream()
                .filter(letter -> missing.remove(letter.letter()))
                .toList();
        if (!missing.isEmpty()) {
            throw new Refused("There is no such dead letter: " + missing + ". See `mlops dead-letters list`.");
        }
        return chosen;
    }

    private static List<TopicSpec> topics(@Nullable TopicSpec only) {
        return only == null ? LetterId.topics() : List.of(only);
    }

    private static List<TopicSpec> topicsOf(List<LetterId> letters) {
        return letters.stream()
                .map(LetterId::topic)
                .distinct()
                .flatMap(name -> LetterId.topicNamed(name).stream())
                .toList();
    }

    private static String table(List<DeadLetter> letters) {
        var table = new Table("LETTER", "PARTITION", "OFFSET", "TIME", "REPLAYED", "REASON");
        for (DeadLetter letter : letters) {
            table.row(
                    letter.letter().toString(),
                    letter.partition() == null ? "?" : letter.partition().toString(),
                    letter.offset() == null ? "?" : letter.offset().toString(),
                    letter.time().toString(),
                    letter.replayed() == null ? "-" : letter.replayed().toString(),
                    firstWords(letter.reason()));
        }
        return table.text();
    }

    private static String firstWords(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.length() <= REASON_WIDTH ? line : line.substring(0, REASON_WIDTH) + "...";
    }
}
