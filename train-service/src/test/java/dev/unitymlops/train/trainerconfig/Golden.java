package dev.unitymlops.train.trainerconfig;

import dev.unitymlops.events.ImitationSpec;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.train.Jobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A job, and the configuration that is expected for it: {@code <name>.yaml} beside this class. */
record Golden(String name, Consumer<RlConfig> changes) {

    static Stream<Golden> all() {
        return Stream.of(
                new Golden("ppo-online", config -> {}),
                new Golden("ppo-additional", config -> {
                    config.setBeta(0.01);
                    config.setAdditionalHyperparameters(
                            "{\"num_epoch\": 5, \"learning_rate\": 2e-5, \"learning_rate_schedule\": \"constant\"}");
                }),
                new Golden("ppo-hybrid", config -> demonstrations(config, "hybrid")),
                new Golden("ppo-use-offline-demonstrations", config -> {
                    demonstrations(config, "online");
                    config.setUseOfflineDemonstrations(true);
                    config.setMaxSteps(5_000L);
                }),
                new Golden("ppo-hybrid-gail", config -> {
                    demonstrations(config, "Hybrid");
                    config.setImitation(ImitationSpec.newBuilder()
                            .setBehavioralCloningStrength(0.5)
                            .setBehavioralCloningSteps(20_000L)
                            .setGail(true)
                            .setGailStrength(0.02)
                            .build());
                }),
                new Golden("ppo-offline", config -> demonstrations(config, "OFFLINE")),
                new Golden("sac-online", config -> config.setAlgorithm("SAC")),
                new Golden("sac-offline", config -> {
                    config.setAlgorithm("sac");
                    demonstrations(config, "offline");
                }),
                new Golden("poca-online", config -> config.setAlgorithm("POCA")));
    }

    @Override
    public String toString() {
        return name;
    }

    TrainingJob job() {
        return Jobs.job(changes);
    }

    String text() throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream(name + ".yaml")) {
            return in == null ? "there is no " + name + ".yaml" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void demonstrations(RlConfig config, String mode) {
        config.setTrainingMode(mode);
        config.setDemonstrationPath("/data/demos/expert.demo");
    }
}
