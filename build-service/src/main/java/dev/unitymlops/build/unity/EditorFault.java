package dev.unitymlops.build.unity;

import static dev.unitymlops.events.FailureCause.INFRASTRUCTURE;
import static dev.unitymlops.events.FailureCause.LICENCE;
import static dev.unitymlops.events.FailureCause.USER;
import static dev.unitymlops.stage.StageFailure.Retry.BACK_OFF;
import static dev.unitymlops.stage.StageFailure.Retry.NEVER;
import static dev.unitymlops.stage.StageFailure.Retry.WAIT;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure.Retry;
import java.util.regex.Pattern;

/**
 * What lines of an editor's log mean once the build has failed. The first in this order that is in the log is the cause:
 * what only happens late in a build stands before what good builds may log as well.
 */
enum EditorFault {
    BUILD_METHOD("\\[unity-mlops\\] error: ", USER, NEVER, "The editor build method refuses the job."),
    COMPILE_ERROR("\\berror CS\\d{4}\\b", USER, NEVER, "The project's scripts do not compile."),
    PROJECT_IN_USE(
            "another Unity instance is running with this project open|Multiple Unity instances cannot open the same project",
            INFRASTRUCTURE,
            BACK_OFF,
            "Another Unity has the working copy open."),
    DISK_FULL(
            "No space left on device|[Dd]isk (?:is )?full|There is not enough space on the disk",
            INFRASTRUCTURE,
            BACK_OFF,
            "The build host's disk is full."),
    OUT_OF_MEMORY(
            "Could not allocate memory|System out of memory|OutOfMemoryException",
            INFRASTRUCTURE,
            BACK_OFF,
            "Unity ran out of memory."),
    NO_LICENCE(
            "No valid Unity (?:Editor )?license found|Unity has not been activated with a valid License"
                    + "|LICENSE SYSTEM .*(?:[Ff]ailed|denied|expired)|Failed to activate/update license"
                    + "|Machine identification is invalid for current license|No ULF license found",
            LICENCE,
            WAIT,
            "Unity has no licence: activate one on this host or free a floating seat."),
    TARGET_NOT_INSTALLED(
            "[Bb]uild target (?:was |is )?(?:unsupported|not supported)|because build target was unsupported",
            INFRASTRUCTURE,
            NEVER,
            "The editor lacks the module of this build target: install it, or set unity.build_target."),
    INVALID_PACKAGES(
            "Project has invalid dependencies",
            USER,
            NEVER,
            "Packages/manifest.json names packages that do not exist."),
    PACKAGES_UNREACHABLE(
            "An error occurred while resolving packages|\\[Package Manager\\].*(?:ECONNREFUSED|ETIMEDOUT|ENOTFOUND)",
            INFRASTRUCTURE,
            BACK_OFF,
            "Unity could not fetch the project's packages."),
    METHOD_NOT_FOUND(
            "executeMethod (?:class|method) .*could not be found",
            USER,
            NEVER,
            "Unity does not find the editor build method: is there an assembly definition over Assets/Editor?"),
    METHOD_THREW(
            "executeMethod method .* threw exception", USER, NEVER, "The editor build method ended in an exception."),
    NO_PROJECT("Couldn't set project path to", USER, NEVER, "Unity does not open the project."),
    CRASH(
            "Crash!!!|Native Crash Reporting|Caught fatal signal|Received signal SIG|Obtained \\d+ stack frames",
            INFRASTRUCTURE,
            BACK_OFF,
            "Unity crashed."),
    PLAYER_BUILD_FAILED("Error building Player|BuildFailedException", USER, NEVER, "Unity could not build the player."),
    /** Good builds of some licences log this too, so anything more telling stands before it. */
    NO_HEADLESS_LICENCE(
            "com\\.unity\\.editor\\.headless\\b.*(?:was not found|HasEntitlements will fail)"
                    + "|License is not active \\(com\\.unity\\.editor\\.headless\\)",
            LICENCE,
            WAIT,
            "Unity has no licence for batch mode: activate one on this host or free a floating seat.");

    private final Pattern line;
    private final FailureCause cause;
    private final Retry retry;
    private final String meaning;

    EditorFault(String line, FailureCause cause, Retry retry, String meaning) {
        this.line = Pattern.compile(line);
        this.cause = cause;
        this.retry = retry;
        this.meaning = meaning;
    }

    boolean isIn(String logLine) {
        return line.matcher(logLine).find();
    }

    FailureCause cause() {
        return cause;
    }

    Retry retry() {
        return retry;
    }

    String meaning() {
        return meaning;
    }
}
