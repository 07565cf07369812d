package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each algorithm takes: the trainer refuses foreign hyperparameters when the player is already running. */
final class AlgorithmRules {
    private static final String ADDITIONAL = "rl_config.additional_hyperparameters";

    /** Keys of the trainer's configuration that are fields of {@code rl_config}, one level above the hyperparameters. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "max_steps",
            "time_horizon",
            "summary_freq",
            "checkpoint_interval",
            "keep_checkpoints",
            "hidden_units",
            "num_layers",
            "normalize",
            "seed",
            "num_envs",
            "time_scale");

    private AlgorithmRules() {}

    static void check(TrainingJob job, Findings findings) {
        RlConfig config = job.getRlConfig();
        ObjectNode additional = JsonText.object(config.getAdditionalHyperparameters(), ADDITIONAL, findings);
        Optional<Algorithm> algorithm = Algorithm.named(config.getAlgorithm());
        if (algorithm.isEmpty()) {
            findings.problem(
                    "rl_config.algorithm",
                    config.getAlgorithm(),
                    "is not an algorithm of ML-Agents",
                    "Give PPO, SAC or POCA.");
            return;
        }
        if (algorithm.get() == Algorithm.SAC) {
            refuseForSac(config, findings);
        }
        additional(algorithm.get(), additional, findings);
        sizes(config, additional, findings);
    }

    private static void refuseForSac(RlConfig config, Findings findings) {
        Map<String, @Nullable Object> ppoOnly = new LinkedHashMap<>();
        ppoOnly.put("beta", config.getBeta());
        ppoOnly.put("epsilon", config.getEpsilon());
        ppoOnly.put("lambd", config.getLambd());
        ppoOnly.put("num_epoch", config.getNumEpoch());
        ppoOnly.forEach((name, value) -> {
            if (value != null) {
                findings.problem(
                        "rl_config." + name,
                        value,
                        "is a hyperparameter of PPO and POCA, not of SAC",
                        "Leave it out; SAC's own go under additional_hyperparameters, such as init_entcoef.");
            }
        });
    }

    private static void additional(Algorithm algorithm, ObjectNode additional, Findings findings) {
        Map<String, Kind> known = TrainerKeys.hyperparameters(algorithm);
        additional.properties().forEach(entry -> {
            String key = entry.getKey();
            String path = ADDITIONAL + "." + key;
            Kind kind = known.get(key);
            if (kind != null) {
                kind.check(path, entry.getValue(), findings);
            } else if (!findings.isFull()) {
                findings.problem(path, entry.getValue(), "is not a hyperparameter of " + algorithm, remedy(key, known));
            }
        });
    }

    private static String remedy(String key, Map<String, Kind> known) {
        if (OWN_FIELDS.contains(key)) {
            return "Move it to rl_config." + key + ".";
        }
        return Suggestion.nearest(key, known.keySet())
                .map(near -> "Did you mean " + near + "?")
                .orElse(
                        "Only what belongs to the trainer's hyperparameters goes here; for the rest give trainer_config.");
    }

    /** With batch_size above buffer_size the trainer never updates, and says nothing. */
    private static void sizes(RlConfig config, ObjectNode additional, Findings findings) {
        double batch = number(additional.get("batch_size"), config.getBatchSize());
        double buffer = number(additional.get("buffer_size"), config.getBufferSize());
        if (batch > buffer) {
            String field = additional.has("batch_size") ? ADDITIONAL + ".batch_size" : "rl_config.batch_size";
            findings.problem(
                    field,
                    (long) batch,
                    "is larger than buffer_size, " + (long) buffer,
                    "Give a buffer_size that is a multiple of batch_size.");
        }
    }

    private static double number(@Nullable JsonNode node, double otherwise) {
        return node != null && node.isNumber() ? node.doubleValue() : otherwise;
    }
}
