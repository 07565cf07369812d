package dev.unitymlops.train.mlagents;

import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import dev.unitymlops.stage.children.ChildExit;
import dev.unitymlops.trainerenv.Diagnose;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a trainer ended with a code other than 0, by what it printed. It splits one error over both streams, so that what
 * is searched is both of them; the first row that matches counts. Texts are those of ML-Agents 1.1.0 and of PyTorch.
 */
final class TrainerFaults {

    private static final String CONFIG_REMEDY =
            "; correct rl_config (ML-Agents' documentation: Training Configuration File)";

    /** Rows that say why come before rows that say what followed from it. */
    private static final List<Row> ROWS = List.of(
            transientFault(
                    "UnityWorkerInUseException|worker number \\d+ is still in use|Address already in use",
                    "a port of the trainer was taken by another program between the check and its use"),
            user(
                    "The behavior name (.+?) has not been specified in the trainer configuration",
                    "the player has a behaviour '$1' that the trainer configuration lacks; set rl_config.behavior_name to"
                            + " the Behavior Name in Unity, or add an entry to rl_config.trainer_config"),
            user(
                    "communication API version is not compatible between Unity and python\\. (.*)",
                    "the player's ML-Agents package does not fit this trainer. $1"),
            user("TrainerConfigError: (.*)", "the trainer refused its configuration: $1" + CONFIG_REMEDY),
            user(
                    "(?s)trainers/settings\\.py\".*?\n((?:Value|Type|Attribute)Error: [^\n]*)",
                    "the trainer refused its configuration: $1" + CONFIG_REMEDY),
            user(
                    "(?s)demo_loader\\.py\".*?\n(\\w+(?:Error|Exception): [^\n]*)",
                    "the trainer refused the demonstrations of rl_config.demonstration_path: $1"),
            user(
                    "Provided filename does not match any environments",
                    "ML-Agents found no player to start; see the name of the player's file"),
            user(
                    "Exec format error",
                    "the player cannot be executed on this machine; is unity.build_target the trainer's system?"),
            user(
                    "has NaN|NaN or Inf|contains (?:NaN|nan)|inf observations|Infinity",
                    "the player sent an observation or a reward that is not a finite number"),
            transientFault(
                    "CUDA out of memory|torch\\.(?:cuda\\.)?OutOfMemoryError",
                    "the GPU's memory is full; give the job a GPU of its own (train.gpus, worker.slots) or a smaller network"),
            transientFault(
                    "MemoryError|Cannot allocate memory", "this machine's memory is full; lower rl_config.num_envs"),
            transientFault("No space left on device", "the trainer's disk is full"),
            transientFault(
                    "exceeded the allowed number of restarts|Environment shut down with return code (-?\\d+)",
                    "the player crashed; its log is among the attempt's files"),
            transientFault(
                    "The Unity environment took too long to respond|stuck in waiting state",
                    "the player did not answer in time; does it need a display, or is it too slow for this machine?"));

    private TrainerFaults() {}

    /**
     * @param output both streams, or their end, in lines
     * @param exit with a code other than 0
     */
    static StageFailure of(List<String> output, ChildExit exit) {
        String text = String.join("\n", output);
        return Diagnose.of(text)
                .map(diagnosis -> StageFailure.infrastructure(
                        "the Python environment of mlagents-learn is wrong: " + diagnosis, diagnosis.symptom()))
                .or(() -> ROWS.stream().flatMap(row -> row.in(text).stream()).findFirst())
                .orElseGet(() -> byCode(exit))
                .withLogTail(exit.tail());
    }

    private static StageFailure byCode(ChildExit exit) {
        String last = exit.tail().isEmpty() ? "it printed nothing" : exit.tail().getLast();
        return switch (exit.code()) {
            case 2 -> StageFailure.user("mlagents-learn refused its command line; see rl_config.extra_args: " + last);
            case 137 ->
                StageFailure.infrastructure("mlagents-learn was killed (SIGKILL); often this machine's memory is full");
            default -> StageFailure.infrastructure("mlagents-learn ended with exit code " + exit.code() + ": " + last);
        };
    }

    private static Row user(String symptom, String message) {
        return new Row(Pattern.compile(symptom), FailureCause.USER, Retry.NEVER, message);
    }

    private static Row transientFault(String symptom, String message) {
        return new Row(Pattern.compile(symptom), FailureCause.INFRASTRUCTURE, Retry.BACK_OFF, message);
    }

    /** @param message may name groups of the symptom, $1 */
    private record Row(Pattern symptom, FailureCause cause, Retry retry, String message) {
        Optional<StageFailure> in(String text) {
            Matcher found = symptom.matcher(text);
            if (!found.find()) {
                return Optional.empty();
            }
            String told = message.contains("$1") ? message.replace("$1", String.valueOf(found.group(1))) : message;
            return Optional.of(StageFailure.of(cause, retry, told));
        }
    }
}
