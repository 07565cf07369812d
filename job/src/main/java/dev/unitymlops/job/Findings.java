package dev.unitymlops.job;

import dev.unitymlops.events.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found about one job: problems, at most {@value #MAX_PROBLEMS}, and warnings, in the order of the rules. */
final class Findings {
    /** Beyond this many a reader gains nothing, and hostile input would. */
    static final int MAX_PROBLEMS = 100;

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    void problem(String field, @Nullable Object value, String message, String remedy) {
        problemShown(field, Json.shown(value), message, remedy);
    }

    /** As {@link #problem}, for a value whose JSON must not be shown as it is. */
    void problemShown(String field, String shown, String message, String remedy) {
        if (!isFull()) {
            problems.add(new Problem(field, shown, message, remedy));
        }
    }

    void warning(String text) {
        warnings.add(text);
    }

    /** Takes over what another round found, except problems of fields that this one already complains about. */
    void addUnlessKnown(Findings later) {
        List<String> known = problems.stream().map(Problem::getField).toList();
        later.problems.stream()
                .filter(problem -> known.stream().noneMatch(field -> sameOrNested(field, problem.getField())))
                .limit(MAX_PROBLEMS - problems.size())
                .forEach(problems::add);
        warnings.addAll(later.warnings);
    }

    private static boolean sameOrNested(String a, String b) {
        return a.equals(b) || inside(a, b) || inside(b, a);
    }

    private static boolean inside(String outer, String inner) {
        return inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
    }

    /** Whether further problems would be dropped: then looking for them is wasted. */
    boolean isFull() {
        return problems.size() >= MAX_PROBLEMS;
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
