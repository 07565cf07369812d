package dev.unitymlops.stage.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The oracle: all that ever happened to one job, in a list, and every question answered by looking through it. Written
 * from the design's table, not from the code: slow, and with no state but the list.
 */
final class Ledger {

    enum Kind {
        ENTERED,
        GRANTED,
        HEARD,
        USED,
        RELEASED,
        RESTS,
        STOP_ASKED,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        CANCELLED_AHEAD,
        PASSED_OVER
    }

    /** Something that happened; what does not apply is 0 or empty. */
    record Fact(Kind kind, int run, int attempt, String who, long until) {}

    private final List<Fact> facts = new ArrayList<>();

    int size() {
        return facts.size();
    }

    /** What was not committed has not happened. */
    void rollBack(int size) {
        facts.subList(size, facts.size()).clear();
    }

    /** Notes what must follow from the command, and returns what must be published, in words. */
    List<String> expect(Command command, long now, Optional<String> offering) {
        return switch (command) {
            case Command.Input input -> input(input, offering);
            case Command.Cancel cancel -> cancel(cancel.run());
            case Command.Retry retry -> retry(retry.run(), offering);
            case Command.Claim claim -> List.of();
            case Command.Report report -> isHolder(report) ? report(report) : List.of();
            case Command.Wake ignored -> wake(now, offering);
            case Command.Tick ignored -> List.of();
        };
    }

    /** A claim that names the queued record's version; whether it does is for the caller to know. */
    void granted(String worker) {
        facts.add(new Fact(Kind.GRANTED, run(), attempt() + 1, worker, 0));
    }

    boolean isQueued(int run) {
        return isLive()
                && run == run()
                && holder().isEmpty()
                && last(Kind.RESTS).isEmpty();
    }

    private List<String> input(Command.Input input, Optional<String> offering) {
        String hash = input.input().getContentHash();
        int run = input.run();
        boolean known = facts.stream().anyMatch(fact -> fact.kind() == Kind.ENTERED);
        if (run < run()) {
            if (known || has(Kind.PASSED_OVER)) {
                return again(input);
            }
            facts.add(new Fact(Kind.PASSED_OVER, run, 0, hash, 0));
            return List.of("failed " + run + " CANCELLED");
        }
        if (run == run() && isAhead()) {
            facts.add(new Fact(Kind.ENTERED, run, 0, hash, 0));
            facts.add(new Fact(Kind.CANCELLED, run, 0, "", 0));
            return List.of("failed " + run + " CANCELLED");
        }
        if (run == run()) {
            return again(input);
        }
        List<String> told = new ArrayList<>();
        if (isLive()) {
            told.add("failed " + run() + " CANCELLED");
            facts.add(new Fact(Kind.CANCELLED, run(), 0, "", 0));
        }
        facts.add(new Fact(Kind.ENTERED, run, 0, hash, 0));
        offering.ifPresent(this::granted);
        told.add("accepted " + run);
        return told;
    }

    /** Compared with what came in last, whichever run that was. */
    private List<String> again(Command.Input input) {
        String first = facts.stream()
                .filter(fact -> fact.kind() == Kind.ENTERED || fact.kind() == Kind.PASSED_OVER)
                .map(Fact::who)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        boolean same = first.equals(input.input().getContentHash());
        return List.of((same ? "duplicate " : "rejected ") + input.run());
    }

    private List<String> cancel(int run) {
        if (isLive() && run == run()) {
            if (holder().isEmpty()) {
                return end(Kind.CANCELLED, "CANCELLED");
            }
            if (last(Kind.STOP_ASKED).isEmpty()) {
                facts.add(new Fact(Kind.STOP_ASKED, run, attempt(), "", 0));
            }
        } else if (!isLive() && run > run()) {
            facts.add(new Fact(Kind.CANCELLED_AHEAD, run, 0, "", 0));
        }
        return List.of();
    }

    private List<String> retry(int run, Optional<String> offering) {
        boolean endedBadly = !isLive()
                && !isAhead()
                && run == run()
                && run > 0
                && last(Kind.SUCCEEDED).isEmpty();
        if (!endedBadly) {
            return List.of();
        }
        facts.add(new Fact(Kind.ENTERED, run + 1, 0, entry().who(), 0));
        offering.ifPresent(this::granted);
        return List.of("accepted " + (run + 1));
    }

    private List<String> report(Command.Report report) {
        boolean stopping = last(Kind.STOP_ASKED).isPresent();
        return switch (report) {
            case Command.Beat ignored -> {
                facts.add(new Fact(Kind.HEARD, run(), attempt(), "", 0));
                yield List.of();
            }
            case Command.Done ignored -> {
                String event = "event " + run() + "/" + attempt();
                facts.add(new Fact(Kind.SUCCEEDED, run(), attempt(), "", 0));
                yield List.of(event);
            }
            case Command.Decline decline -> stopping ? end(Kind.CANCELLED, "CANCELLED") : release(decline.delayMs());
            case Command.Failed failed -> {
                if (stopping) {
                    yield end(Kind.CANCELLED, "CANCELLED");
                }
                yield tryAgain(
                        failed.failure().getRetry(),
                        failed.failure().getUsesAttempt(),
                        failed.failure().getCause().name(),
                        Long.MAX_VALUE);
            }
            case Command.Silence ignored ->
                stopping
                        ? end(Kind.CANCELLED, "CANCELLED")
                        : tryAgain(true, last(Kind.HEARD).isPresent(), "LOST_WORKER", 0);
        };
    }

    private List<String> tryAgain(boolean retry, boolean uses, String cause, long rest) {
        if (uses && retry) {
            facts.add(new Fact(Kind.USED, run(), attempt(), "", 0));
        }
        if (!retry || used() >= World.MAX_ATTEMPTS) {
            return end(Kind.FAILED, cause);
        }
        String told = "retrying " + run() + "/" + attempt();
        release(rest);
        return List.of(told);
    }

    private List<String> release(long rest) {
        String told = "retrying " + run() + "/" + attempt();
        facts.add(new Fact(rest == 0 ? Kind.RELEASED : Kind.RESTS, run(), attempt(), "", rest));
        return rest == 0 ? List.of() : List.of(told);
    }

    private List<String> wake(long now, Optional<String> offering) {
        Optional<Fact> rests = last(Kind.RESTS);
        if (isLive() && rests.isPresent() && rests.get().until() <= now) {
            facts.add(new Fact(Kind.RELEASED, run(), attempt(), "", 0));
            offering.ifPresent(this::granted);
        }
        return List.of();
    }

    private List<String> end(Kind kind, String cause) {
        List<String> told = List.of("failed " + run() + " " + cause);
        facts.add(new Fact(kind, run(), attempt(), "", 0));
        return told;
    }

    /** The time that was drawn for the rest which the last command began. */
    void rests(long until) {
        Fact fact = facts.removeLast();
        facts.add(new Fact(fact.kind(), fact.run(), fact.attempt(), fact.who(), until));
    }

    boolean justBeganToRest() {
        return !facts.isEmpty() && facts.getLast().kind() == Kind.RESTS;
    }

    /** Where the job must stand now, in words. */
    String standing() {
        if (run() == 0) {
            return "unknown";
        }
        if (isAhead()) {
            return "cancelled ahead " + run();
        }
        if (!isLive()) {
            return "ended " + run() + " " + facts.getLast().kind()
                    + (last(Kind.SUCCEEDED).isPresent() ? "" : " keeps");
        }
        String where = holder().map(who -> (last(Kind.STOP_ASKED).isPresent() ? "cancelling " : "held ") + who)
                .orElse(last(Kind.RESTS).map(rest -> "waiting " + rest.until()).orElse("queued"));
        return where + " run " + run() + " attempt " + attempt() + " used " + used();
    }

    private boolean isHolder(Command.Report report) {
        return holder().filter(report.worker()::equals).isPresent()
                && report.run() == run()
                && report.attempt() == attempt();
    }

    private int run() {
        return facts.stream()
                .filter(fact -> fact.kind() == Kind.ENTERED || fact.kind() == Kind.CANCELLED_AHEAD)
                .mapToInt(Fact::run)
                .max()
                .orElse(0);
    }

    private boolean isAhead() {
        return run() > 0 && facts.stream().noneMatch(fact -> fact.kind() == Kind.ENTERED && fact.run() == run());
    }

    private boolean isLive() {
        return run() > 0
                && !isAhead()
                && ofRun().noneMatch(fact ->
                        List.of(Kind.SUCCEEDED, Kind.FAILED, Kind.CANCELLED).contains(fact.kind()));
    }

    private Stream<Fact> ofRun() {
        int run = run();
        return facts.stream().filter(fact -> fact.run() == run);
    }

    private Fact entry() {
        return ofRun().filter(fact -> fact.kind() == Kind.ENTERED).findFirst().orElseThrow();
    }

    private int attempt() {
        return (int) ofRun().filter(fact -> fact.kind() == Kind.GRANTED).count();
    }

    private int used() {
        return (int) ofRun().filter(fact -> fact.kind() == Kind.USED).count();
    }

    private boolean has(Kind kind) {
        return facts.stream().anyMatch(fact -> fact.kind() == kind);
    }

    /** The worker of the last grant, unless it has lost the job since. */
    private Optional<String> holder() {
        return isLive() && last(Kind.RELEASED).isEmpty() && last(Kind.RESTS).isEmpty()
                ? last(Kind.GRANTED).map(Fact::who)
                : Optional.empty();
    }

    /** The last fact of this kind in this run, of the present attempt where it is about attempts. */
    private Optional<Fact> last(Kind kind) {
        int attempt = attempt();
        boolean released = kind == Kind.RESTS && lastIs(Kind.RELEASED);
        return released
                ? Optional.empty()
                : ofRun().filter(fact -> fact.kind() == kind && fact.attempt() == attempt)
                        .reduce((first, second) -> second);
    }

    private boolean lastIs(Kind kind) {
        return !facts.isEmpty() && facts.getLast().kind() == kind;
    }
}
