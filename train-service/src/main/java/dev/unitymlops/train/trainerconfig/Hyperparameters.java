package dev.unitymlops.train.trainerconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.job.Algorithm;
import dev.unitymlops.stage.StageFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code hyperparameters} block: each algorithm takes only its own keys, ML-Agents refuses any other. Keys and
 * defaults are those of ML-Agents' settings classes ({@code ppo/}, {@code sac/} and {@code poca/optimizer_torch.py}),
 * except where the original pipeline chose its own.
 */
final class Hyperparameters {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private Hyperparameters() {}

    static Map<String, Object> of(Algorithm algorithm, RlConfig config) throws StageFailure {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("batch_size", config.getBatchSize());
        block.put("buffer_size", config.getBufferSize());
        block.put("learning_rate", config.getLearningRate());
        switch (algorithm) {
            case PPO, POCA -> onPolicy(block, config);
            case SAC -> offPolicy(block);
        }
        mergeDeeply(block, additional(config.getAdditionalHyperparameters()));
        return block;
    }

    private static void onPolicy(Map<String, Object> block, RlConfig config) {
        block.put("beta", orElse(config.getBeta(), 5e-3));
        block.put("epsilon", orElse(config.getEpsilon(), 0.2));
        block.put("lambd", orElse(config.getLambd(), 0.95));
        block.put("num_epoch", orElse(config.getNumEpoch(), 3));
    }

    private static void offPolicy(Map<String, Object> block) {
        block.put("buffer_init_steps", 0);
        block.put("tau", 0.005);
        block.put("steps_per_update", 1.0);
        block.put("save_replay_buffer", false);
        block.put("init_entcoef", 1.0);
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static Map<String, Object> additional(String json) throws StageFailure {
        try {
            Map<String, Object> additional = JSON.readValue(json, OBJECT);
            return additional == null ? Map.of() : additional;
        } catch (JsonProcessingException e) {
            throw StageFailure.user(
                    "rl_config.additional_hyperparameters is not a JSON object: " + e.getOriginalMessage());
        }
    }

    /** Objects are merged key by key; any other value replaces what was there. */
    @SuppressWarnings("unchecked")
    private static void mergeDeeply(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (value instanceof Map && into.get(key) instanceof Map) {
                mergeDeeply((Map<String, Object>) into.get(key), (Map<String, Object>) value);
            } else {
                into.put(key, value);
            }
        });
    }
}
