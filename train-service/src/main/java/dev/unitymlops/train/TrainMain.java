package dev.unitymlops.train;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.StageService;
import dev.unitymlops.stage.StageUse;
import dev.unitymlops.stage.intake.Admission;
import dev.unitymlops.train.mlagents.MlAgentsLearn;
import dev.unitymlops.train.mlagents.PortRanges;
import dev.unitymlops.train.trainer.OwnTrainingCommand;
import dev.unitymlops.trainerenv.TrainerEnv;
import dev.unitymlops.trainerenv.TrainerEnvException;
import dev.unitymlops.trainerenv.VersionsOnDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** train-service as a process, or as a part of one. */
public final class TrainMain {

    public static final Service<TrainConfig> SERVICE = new Service<>(
            StageLine.TRAIN.service(), TrainConfig::from, TrainMain::components, StageUse.of(StageLine.TRAIN));

    private static final Logger LOG = LoggerFactory.getLogger(TrainMain.class);

    private TrainMain() {}

    public static void main(String[] args) {
        System.exit(SERVICE.run(args));
    }

    private static List<Component> components(TrainConfig config, Metrics metrics) {
        MlAgentsLearn mlAgents = new MlAgentsLearn(
                config.mlagents(),
                () -> TrainerEnv.locate(config.trainerEnv()),
                PortRanges.ofHost(
                        config.mlagents().firstPort(), config.mlagents().lastPort()),
                System::nanoTime);
        TrainHandler handler = new TrainHandler(mlAgents, new OwnTrainingCommand(), Clock.systemUTC());
        return new StageService<>(StageLine.TRAIN, handler, Admission.ALL, config.stage(), versions(config))
                .components(metrics);
    }

    /** Of the environment that there is at the start; one that is made later shows its versions in its trainings. */
    private static Map<String, String> versions(TrainConfig config) {
        try {
            Optional<TrainerEnv> environment = TrainerEnv.locate(config.trainerEnv());
            return environment.isPresent() ? VersionsOnDisk.of(environment.get()) : Map.of();
        } catch (TrainerEnvException | IOException | UncheckedIOException unknown) {
            LOG.warn("The trainer's versions are not known reason=\"{}\"", unknown.getMessage());
            return Map.of();
        }
    }
}
