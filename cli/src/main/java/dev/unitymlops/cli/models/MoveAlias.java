package dev.unitymlops.cli.models;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.EventWriter;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.registry.registration.Aliases;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.registry.registration.Promote;
import dev.unitymlops.registry.registration.Promote.Outcome;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Moves an alias and tells of it. What could not be told is not begun: the brokers are asked first. */
final class MoveAlias {
    private final Say say;
    private final FindCluster find;
    private final Clock clock;

    MoveAlias(Say say, FindCluster find, Clock clock) {
        this.say = say;
        this.find = find;
        this.clock = clock;
    }

    /**
     * Which alias of which model.
     *
     * @param version that is to have it; null: the one before
     */
    record Wish(
            String action,
            ParentModel model,
            String alias,
            @Nullable Integer version) {
        static Wish rollback(ParentModel model) {
            return new Wish("rollback", model, Aliases.PRODUCTION, null);
        }

        private Outcome in(Promote promote, Promote.Asked asked)
                throws StageFailure, IOException, InterruptedException {
            return version == null ? promote.rollback(model, asked) : promote.to(alias, model, version, asked);
        }
    }

    /** Moves it and answers; returns the exit code. */
    int of(OpenRegistry registry, Wish wish, Promote.Asked asked, boolean tell)
            throws IOException, InterruptedException {
        if (!tell) {
            say.tell("--no-event: nobody is told of it on " + Topics.MODEL_PROMOTED.name() + ".");
            return answer(registry, wish, move(registry, wish, asked), null);
        }
        Cluster cluster = cluster();
        try (var writer = new EventWriter(cluster, clock)) {
            writer.ready(Topics.MODEL_PROMOTED);
            return answer(registry, wish, move(registry, wish, asked), writer);
        }
    }

    private Cluster cluster() throws IOException {
        try {
            return find.find();
        } catch (Unreachable e) {
            throw new Unreachable(
                    e.getMessage() + " Nothing has moved. To move an alias without telling anybody, add --no-event.",
                    e);
        }
    }

    private Outcome move(OpenRegistry registry, Wish wish, Promote.Asked asked) throws InterruptedException {
        return registry.ask(() -> wish.in(new Promote(registry.registry(), clock), asked));
    }

    private int answer(OpenRegistry registry, Wish wish, Outcome outcome, @Nullable EventWriter writer)
            throws InterruptedException {
        return switch (outcome) {
            case Outcome.Moved moved -> {
                moved(moved.event(), writer == null ? null : told(writer, moved.event()));
                yield ExitCode.DONE.code();
            }
            case Outcome.AlreadyThere there -> {
                say.answer(
                        unmoved(registry, wish, List.of()),
                        "Version " + wish.version() + " of " + wish.model().name() + " has the alias " + wish.alias()
                                + " already: nothing has moved.");
                yield ExitCode.DONE.code();
            }
            case Outcome.Refused refused -> {
                say.answer(unmoved(registry, wish, refused.reasons()), "");
                say.tell("Nothing has moved; to " + wish.action() + " "
                        + wish.model().name() + " is refused:");
                refused.reasons().forEach(reason -> say.tell("  " + reason));
                yield ExitCode.MISSING.code();
            }
        };
    }

    private static MovedRow.Written told(EventWriter writer, ModelPromoted event) throws InterruptedException {
        try {
            return MovedRow.Written.of(writer.promoted(event));
        } catch (KafkaException | Unreachable e) {
            throw new Unreachable(
                    "The alias " + event.getAlias() + " of " + event.getName() + " HAS moved, to version "
                            + event.getVersion() + ", but nobody was told: " + e.getMessage()
                            + " Tell those who read " + Topics.MODEL_PROMOTED.name()
                            + " yourself; or, once the brokers answer, give the alias back and promote again.",
                    e);
        }
    }

    private void moved(ModelPromoted event, MovedRow.@Nullable Written written) {
        say.answer(
                new MovedRow(
                        event.getRegistry(),
                        event.getName(),
                        event.getAction(),
                        event.getAlias(),
                        event.getVersion(),
                        event.getFromVersion(),
                        true,
                        event.getForced(),
                        event.getGates(),
                        List.of(),
                        written),
                text(event));
        if (event.getForced()) {
            say.tell("It was forced: " + event.getReason());
        }
    }

    private static String text(ModelPromoted event) {
        Integer from = event.getFromVersion();
        String before = from == null
                ? ", which no version had before"
                : ", which version " + from + " had before"
                        + (event.getAlias().equals(Aliases.PRODUCTION) ? "; that one is previous now" : "");
        return "Version " + event.getVersion() + " of " + event.getName() + " has the alias " + event.getAlias()
                + before + "." + (event.getGates().isEmpty() ? "" : "\n  " + String.join("\n  ", event.getGates()));
    }

    private static MovedRow unmoved(OpenRegistry registry, Wish wish, List<String> refused) {
        return new MovedRow(
                registry.word(),
                wish.model().name(),
                wish.action(),
                wish.alias(),
                wish.version(),
                null,
                false,
                false,
                List.of(),
                refused,
                null);
    }
}
