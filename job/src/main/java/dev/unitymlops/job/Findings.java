package dev.unitymlops.job;

import dev.unitymlops.events.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found about one file or job: problems, at most {@value #MAX_PROBLEMS}, and warnings, in the order of the rules. */
public final class Findings {
    /** Beyond this many a reader gains nothing, and hostile input would. */
    static final int MAX_PROBLEMS = 100;

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Tells of a wrong field; the value is shown as JSON, cut to what fits on a line. */
    public void problem(String field, @Nullable Object value, String message, String remedy) {
        problemShown(field, Json.shown(value), message, remedy);
    }

    /** As {@link #problem}, for a value whose JSON must not be shown as it is. */
    public void problemShown(String field, String shown, String message, String remedy) {
        if (!isFull()) {
            problems.add(new Problem(field, shown, message, remedy));
        }
    }

    public void warning(String text) {
        warnings.add(text);
    }

    /** Takes over what another round found, except problems of fields that this one already complains about. */
    public void addUnlessKnown(Findings later) {
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
    public boolean isFull() {
        return problems.size() >= MAX_PROBLEMS;
    }

    public boolean hasProblems() {
        return !problems.isEmpty();
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
