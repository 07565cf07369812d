package dev.unitymlops.testkit;

import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs and libraries of others that judge ours: without them a test is skipped, unless MLOPS_REQUIRE_FOREIGN=true. */
public final class ForeignTools {

    private static final String REQUIRED = "MLOPS_REQUIRE_FOREIGN";

    private ForeignTools() {}

    /**
     * The tool. Where there is none the calling test is skipped in one line on standard output, or failed.
     *
     * @param missing what is not there, as a noun
     */
    public static <T> T require(Optional<T> tool, String missing) {
        if (tool.isEmpty() && "true".equals(System.getenv(REQUIRED))) {
            Assertions.fail(REQUIRED + " is true, but there is " + missing);
        }
        if (tool.isEmpty()) {
            System.out.println("A test by foreign tools is skipped: " + missing);
            Assumptions.abort(missing);
        }
        return tool.orElseThrow();
    }
}
