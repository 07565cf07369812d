package dev.unitymlops.registry.registration;

import dev.unitymlops.events.ModelPromoted;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Moves the aliases that people deploy by, through the gates of the version's job. Thread-safe. */
public final class Promote {

    /** What people may promote to. */
    public static final Set<String> STAGES = Set.of(Aliases.STAGING, Aliases.PRODUCTION);

    /** Others who promote the same model in the same moment come first so often at most. */
    private static final int TRIES = 20;

    private final ModelRegistry registry;
    private final InstantSource clock;

    public Promote(ModelRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Who asks for it.
     *
     * @param reason why; needed to force
     * @param force whether missed gates and a missing approval are passed over
     */
    public record Asked(String by, String reason, boolean force) {}

    /** What became of it. */
    public sealed interface Outcome {

        /** The alias has moved, which others are to be told. */
        record Moved(ModelPromoted event) implements Outcome {}

        /** The version had the alias before. */
        record AlreadyThere() implements Outcome {}

        /** Nothing has moved. */
        record Refused(List<String> reasons) implements Outcome {
            private Refused(String reason) {
                this(List.of(reason));
            }
        }
    }

    /** What a history allows. */
    private sealed interface Planned {

        /** A move, with all that its event tells. */
        record Plan(String action, RegisteredVersion version, List<AliasMove> moves, List<String> gates, boolean forced)
                implements Planned {}

        record Nothing(Outcome instead) implements Planned {
            static Nothing refused(String reason) {
                return new Nothing(new Outcome.Refused(reason));
            }
        }
    }

    /**
     * Gives a version an alias; from production the version that had it becomes the previous one.
     *
     * @param alias of {@link #STAGES}
     */
    public Outcome to(String alias, ParentModel parent, int number, Asked asked)
            throws StageFailure, IOException, InterruptedException {
        if (!STAGES.contains(alias)) {
            return new Outcome.Refused("'" + alias + "' is no alias to promote to: choose staging or production");
        }
        if (asked.force() && asked.reason().isBlank()) {
            return new Outcome.Refused("who forces a promotion says why: give a reason");
        }
        return moved(parent, asked, history -> promotion(history, alias, number, asked.force()));
    }

    /** Gives production back to the version that had it before; the two change places. */
    public Outcome rollback(ParentModel parent, Asked asked) throws StageFailure, IOException, InterruptedException {
        return moved(parent, asked, this::rollback);
    }

    private interface Planner {
        Planned plan(ModelHistory history) throws StageFailure, IOException, InterruptedException;
    }

    private Outcome moved(ParentModel parent, Asked asked, Planner planner)
            throws StageFailure, IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Optional<ModelHistory> history = registry.history(parent);
            if (history.isEmpty()) {
                return new Outcome.Refused("the " + registry.word() + " registry has no model " + parent.name());
            }
            switch (planner.plan(history.get())) {
                case Planned.Nothing nothing -> {
                    return nothing.instead();
                }
                case Planned.Plan plan -> {
                    if (registry.move(parent, plan.moves())) {
                        return new Outcome.Moved(event(plan, asked));
                    }
                }
            }
        }
        return new Outcome.Refused("others promote versions of " + parent.name() + " all the time: try again");
    }

    private Planned promotion(ModelHistory history, String alias, int number, boolean force)
            throws StageFailure, IOException, InterruptedException {
        Integer current = history.aliases().get(alias);
        if (current != null && current == number) {
            return new Planned.Nothing(new Outcome.AlreadyThere());
        }
        Optional<RegisteredVersion> found = registry.version(history.parent(), number);
        if (found.isEmpty()) {
            return Planned.Nothing.refused(
                    "there is no version " + number + " of " + history.parent().name());
        }
        RegisteredVersion version = found.get();
        List<Gates.Result> gates = gates(history, version);
        List<String> objections = objections(version, gates);
        if (!objections.isEmpty() && !force) {
            return new Planned.Nothing(new Outcome.Refused(objections));
        }
        List<AliasMove> moves = new ArrayList<>();
        if (alias.equals(Aliases.PRODUCTION) && current != null) {
            moves.add(new AliasMove(Aliases.PREVIOUS, history.aliases().get(Aliases.PREVIOUS), current));
        }
        moves.add(new AliasMove(alias, current, number));
        return new Planned.Plan(
                "promote",
                version,
                moves,
                gates.stream().map(Gates.Result::says).toList(),
                !objections.isEmpty());
    }

    private List<Gates.Result> gates(ModelHistory history, RegisteredVersion version)
            throws StageFailure, IOException, InterruptedException {
        Integer production = history.aliases().get(Aliases.PRODUCTION);
        Optional<RegisteredVersion> rival = production == null || production == version.version()
                ? Optional.empty()
                : registry.version(history.parent(), production);
        return version.file()
                .verdict()
                .gates()
                .judge(
                        version.file().lineage().training().metrics(),
                        rival.map(RegisteredVersion::asProduction).orElse(null));
    }

    private static List<String> objections(RegisteredVersion version, List<Gates.Result> gates) {
        List<String> objections = new ArrayList<>();
        gates.stream().filter(gate -> !gate.passed()).map(Gates.Result::says).forEach(objections::add);
        if (objections.isEmpty() && version.file().verdict().rejected()) {
            version.file().verdict().missed().forEach(missed -> objections.add("when it was registered, " + missed));
        }
        if (version.file().verdict().needsApproval() && version.approval() == null) {
            objections.add("nobody has approved it yet, as its job demands: mlops models approve "
                    + version.parent().name() + "@" + version.version());
        }
        return objections;
    }

    private Planned rollback(ModelHistory history) throws StageFailure, IOException, InterruptedException {
        Integer current = history.aliases().get(Aliases.PRODUCTION);
        Integer previous = history.aliases().get(Aliases.PREVIOUS);
        if (current == null || previous == null) {
            return Planned.Nothing.refused(history.parent().name() + " has no version with the alias "
                    + (current == null ? Aliases.PRODUCTION : Aliases.PREVIOUS) + ": there is nothing to go back to");
        }
        if (current.equals(previous)) {
            // Where aliases move one by one, a rollback that was broken off leaves this.
            return Planned.Nothing.refused(
                    "version " + current + " of " + history.parent().name()
                            + " is in production and was there before: there is nothing to go back to");
        }
        Optional<RegisteredVersion> version = registry.version(history.parent(), previous);
        return version.isEmpty()
                ? Planned.Nothing.refused("version " + previous + ", which was in production before, is gone")
                : new Planned.Plan(
                        "rollback",
                        version.get(),
                        List.of(
                                new AliasMove(Aliases.PRODUCTION, current, previous),
                                new AliasMove(Aliases.PREVIOUS, previous, current)),
                        List.of(),
                        false);
    }

    private ModelPromoted event(Planned.Plan plan, Asked asked) {
        RegisteredVersion version = plan.version();
        AliasMove told = plan.moves().stream()
                .filter(move -> STAGES.contains(move.alias()))
                .findFirst()
                .orElseThrow();
        return ModelPromoted.newBuilder()
                .setRegistry(registry.word())
                .setName(version.parent().name())
                .setAssetId(version.parent().assetId())
                .setBehavior(version.parent().behavior())
                .setAction(plan.action())
                .setAlias(told.alias())
                .setVersion(version.version())
                .setFromVersion(told.from())
                .setResourceName(version.resourceName())
                .setUri(version.uri())
                .setSha256(version.file().sha256())
                .setJobId(version.file().lineage().jobId())
                .setGates(plan.gates())
                .setForced(plan.forced())
                .setReason(asked.reason())
                .setPromotedBy(asked.by())
                .setPromotedAt(clock.instant())
                .build();
    }
}
