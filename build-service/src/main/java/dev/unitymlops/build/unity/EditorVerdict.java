package dev.unitymlops.build.unity;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.children.ChildExit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why an editor that ended badly did so: from its exit and its log to a typed cause. */
final class EditorVerdict {

    private static final int KILLED = 128 + 9;
    private static final int FIRST_SIGNAL = 128 + 1;
    private static final int LAST_SIGNAL = 128 + 31;

    private EditorVerdict() {}

    /** Returns only when the program ended with 0 in time; whether it left a player is not asked here. */
    static void check(ChildExit exit, BuildOrder order) throws StageFailure, IOException {
        if (exit.code() == 0 && !exit.timedOut()) {
            return;
        }
        throw failure(
                exit, EditorLog.read(order.files().console(), order.files().log()), order);
    }

    /** Exit 0 and no player: the log may still say why. */
    static StageFailure noPlayer(String message, BuildOrder order) throws IOException {
        EditorLog log = EditorLog.read(order.files().console(), order.files().log());
        Optional<EditorFault> fault = log.fault();
        return fault.map(known -> of(known, log, message))
                .orElseGet(() -> StageFailure.user(message))
                .withLogTail(log.tail());
    }

    static StageFailure failure(ChildExit exit, EditorLog log, BuildOrder order) {
        List<String> tail = log.tail().isEmpty() ? exit.tail() : log.tail();
        return cause(exit, log, order).withLogTail(tail);
    }

    private static StageFailure cause(ChildExit exit, EditorLog log, BuildOrder order) {
        Optional<EditorFault> fault = log.fault();
        if (exit.timedOut()) {
            // The next attempt starts with what this one has imported into the Library, so it may well be in time.
            String message = "The build took longer than timeouts.build_seconds, "
                    + order.timeout().toSeconds() + " s";
            return fault.filter(known -> known.cause() == FailureCause.LICENCE)
                    .map(known -> of(known, log, message))
                    .orElseGet(() -> StageFailure.of(FailureCause.TIMEOUT, Retry.BACK_OFF, message));
        }
        String ended = "The build ended with exit code " + exit.code();
        boolean telling =
                fault.filter(known -> known != EditorFault.NO_HEADLESS_LICENCE).isPresent();
        if (exit.code() == KILLED && !telling) {
            return StageFailure.infrastructure(ended + ": it was killed, most likely for lack of memory");
        }
        if (exit.code() >= FIRST_SIGNAL && exit.code() <= LAST_SIGNAL && !telling) {
            return StageFailure.infrastructure(ended + ": it crashed on signal " + (exit.code() - 128));
        }
        return fault.map(known -> of(known, log, ended)).orElseGet(() -> StageFailure.infrastructure(ended));
    }

    private static StageFailure of(EditorFault fault, EditorLog log, String ended) {
        List<String> messages = new ArrayList<>();
        messages.add(fault.meaning());
        messages.addAll(log.evidence(fault));
        if (fault == EditorFault.COMPILE_ERROR && lacksMlAgents(log.evidence(fault))) {
            messages.add("The project lacks ML-Agents: add com.unity.ml-agents to Packages/manifest.json.");
        }
        messages.add(ended);
        return StageFailure.of(fault.cause(), fault.retry(), messages.toArray(String[]::new));
    }

    /** CS0234, CS0246: the namespace or type Unity.MLAgents is not known to the compiler. */
    private static boolean lacksMlAgents(List<String> compileErrors) {
        return compileErrors.stream().anyMatch(line -> line.matches(".*CS02(34|46).*MLAgents.*"));
    }
}
