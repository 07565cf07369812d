package dev.unitymlops.train;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.StageService;
import dev.unitymlops.stage.intake.Admission;
import dev.unitymlops.train.mlagents.MlAgentsLearn;
import dev.unitymlops.train.mlagents.PortRanges;
import dev.unitymlops.train.trainer.OwnTrainingCommand;
import dev.unitymlops.trainerenv.TrainerEnv;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** train-service as a process, or as a part of one. */
public final class TrainMain {

    public static final Service<TrainConfig> SERVICE =
            new Service<>(StageLine.TRAIN.service(), TrainConfig::from, TrainMain::components);

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
        return new StageService<>(StageLine.TRAIN, handler, Admission.ALL, config.stage(), Map.of())
                .components(metrics);
    }
}
