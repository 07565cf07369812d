package dev.unitymlops.stage.worker;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Why a queued job would wait for ever: no live worker of its stage could take it.
 *
 * @param missing labels that it requires and the worker that comes nearest does not offer, in alphabetical order; empty
 *     when no worker of the stage takes jobs at all, or those that would fit are paused
 * @param paused why workers that would fit take no job for now, each reason once, in alphabetical order
 */
public record Unschedulable(List<String> missing, List<String> paused) {

    private static final Comparator<List<String>> NEAREST =
            Comparator.<List<String>>comparingInt(List::size).thenComparing(labels -> String.join(",", labels));

    public Unschedulable {
        missing = List.copyOf(missing);
        paused = List.copyOf(paused);
    }

    /**
     * The rule. Empty when a worker could take the job, whether it has a free slot now or not.
     *
     * @param requires labels that the job requires
     * @param offers of the workers of the stage that are there
     */
    public static Optional<Unschedulable> of(Collection<String> requires, Collection<WorkOffer> offers) {
        if (offers.stream().anyMatch(offer -> offer.takes() && offer.labels().containsAll(requires))) {
            return Optional.empty();
        }
        List<String> paused = paused(requires, offers);
        return Optional.of(new Unschedulable(paused.isEmpty() ? nearest(requires, offers) : List.of(), paused));
    }

    private static List<String> paused(Collection<String> requires, Collection<WorkOffer> offers) {
        return offers.stream()
                .filter(offer -> offer.labels().containsAll(requires))
                .map(WorkOffer::paused)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> nearest(Collection<String> requires, Collection<WorkOffer> offers) {
        return offers.stream()
                .map(offer -> missing(requires, offer.labels()))
                .min(NEAREST)
                .orElse(List.of());
    }

    private static List<String> missing(Collection<String> requires, Set<String> offered) {
        return requires.stream()
                .filter(label -> !offered.contains(label))
                .distinct()
                .sorted()
                .toList();
    }
}
