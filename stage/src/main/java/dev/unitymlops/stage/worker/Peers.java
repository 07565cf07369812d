package dev.unitymlops.stage.worker;

import dev.unitymlops.events.Stage;
import dev.unitymlops.events.WorkerPresence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stage's workers, as they say themselves; one not heard of for a while is left out. Used by one thread. */
final class Peers {

    private final Stage stage;
    private final long freshNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Heard> heard = new HashMap<>();

    private record Heard(WorkerPresence presence, long at) {}

    Peers(Stage stage, Duration fresh, LongSupplier nanoTime) {
        this.stage = stage;
        this.freshNanos = fresh.toNanos();
        this.nanoTime = nanoTime;
    }

    void put(WorkerPresence presence) {
        if (presence.getStage() == stage) {
            heard.put(presence.getWorkerId(), new Heard(presence, nanoTime.getAsLong()));
        }
    }

    void remove(String worker) {
        heard.remove(worker);
    }

    /** Those with a free slot. */
    List<String> free() {
        return there().filter(
                        peer -> WorkOffer.of(peer).filter(WorkOffer::takes).isPresent())
                .filter(peer -> peer.getRunning().size() < peer.getSlots())
                .map(WorkerPresence::getWorkerId)
                .toList();
    }

    /** What they offer, each combination once. */
    Set<WorkOffer> offers() {
        return there().flatMap(peer -> WorkOffer.of(peer).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<WorkerPresence> there() {
        long now = nanoTime.getAsLong();
        heard.values().removeIf(peer -> now - peer.at() > freshNanos);
        return heard.values().stream().map(Heard::presence);
    }
}
