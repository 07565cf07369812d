package dev.unitymlops.registry.mlflow;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What goes wrong on a server, by seed. Thread-safe. */
class HttpFaults {

    /**
     * What becomes of a request.
     *
     * @param before answered in place of acting
     * @param after answered although it acted
     * @param lost it acted, and the connection breaks in place of an answer
     */
    record Fault(StandInMlflow.@Nullable Answer before, StandInMlflow.@Nullable Answer after, boolean lost) {

        static final Fault NONE = new Fault(null, null, false);

        static Fault refused(int status, String text) {
            return new Fault(StandInMlflow.Answer.of(status, text), null, false);
        }
    }

    private static final List<Fault> KINDS = List.of(
            Fault.refused(503, "<html>no backend</html>"),
            Fault.refused(429, StandInMlflow.error("REQUEST_LIMIT_EXCEEDED", "too many")),
            new Fault(null, StandInMlflow.Answer.of(500, StandInMlflow.error("INTERNAL_ERROR", "failed")), false),
            new Fault(null, StandInMlflow.Answer.of(504, ""), false),
            new Fault(null, null, true));

    private final Random random;
    private final double share;
    private int acted;

    /** @param share of the requests that fail, 0 to 1 */
    HttpFaults(long seed, double share) {
        this.random = new Random(seed);
        this.share = share;
    }

    static HttpFaults none() {
        return new HttpFaults(0, 0);
    }

    /** Every request has the same end. */
    static HttpFaults always(Fault fault) {
        return new HttpFaults(0, 0) {
            @Override
            Fault next() {
                return fault;
            }
        };
    }

    /** What becomes of the next request. */
    Fault next() {
        return drawn();
    }

    private synchronized Fault drawn() {
        if (random.nextDouble() >= share) {
            return Fault.NONE;
        }
        Fault fault = KINDS.get(random.nextInt(KINDS.size()));
        acted += fault.before() == null ? 1 : 0;
        return fault;
    }

    /** How many requests acted and failed all the same. */
    synchronized int acted() {
        return acted;
    }

    /** Of some requests, such as one in five. */
    synchronized boolean happens(double chance) {
        return random.nextDouble() < chance;
    }
}
