package dev.unitymlops.stage.worker;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why a queued job would wait for ever: no live worker of its stage could take it.
 *
 * @param missing labels that it requires and the worker that comes nearest does not offer, in alphabetical order; empty
 *     when no worker of the stage is there at all
 */
public record Unschedulable(List<String> missing) {

    private static final Comparator<List<String>> NEAREST =
            Comparator.<List<String>>comparingInt(List::size).thenComparing(labels -> String.join(",", labels));

    public Unschedulable {
        missing = List.copyOf(missing);
    }

    /**
     * The rule. Empty when a worker could take the job, whether it has a free slot now or not.
     *
     * @param requires labels that the job requires
     * @param offers the labels of each worker of the stage that is there and still takes jobs
     */
    public static Optional<Unschedulable> of(
            Collection<String> requires, Collection<? extends Collection<String>> offers) {
        if (offers.isEmpty()) {
            return Optional.of(new Unschedulable(List.of()));
        }
        return offers.stream()
                .map(offered -> missing(requires, offered))
                .min(NEAREST)
                .filter(missing -> !missing.isEmpty())
                .map(Unschedulable::new);
    }

    private static List<String> missing(Collection<String> requires, Collection<String> offered) {
        return requires.stream()
                .filter(label -> !offered.contains(label))
                .distinct()
                .sorted()
                .toList();
    }
}
