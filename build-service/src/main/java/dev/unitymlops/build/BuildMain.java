package dev.unitymlops.build;

import dev.unitymlops.build.script.BehaviourSources;
import dev.unitymlops.build.script.HttpSource;
import dev.unitymlops.build.unity.EarlierBuilds;
import dev.unitymlops.build.unity.EditorVersion;
import dev.unitymlops.build.unity.SimulatedUnity;
import dev.unitymlops.build.unity.UnityProcess;
import dev.unitymlops.build.unity.WorkingCopies;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.stage.StageLine;
import dev.unitymlops.stage.StageService;
import dev.unitymlops.stage.StageUse;
import dev.unitymlops.stage.worker.WorkerSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** build-service as a process, or as a part of one. */
public final class BuildMain {

    public static final Service<BuildConfig> SERVICE = new Service<>(
            StageLine.BUILD.service(), BuildConfig::from, BuildMain::components, StageUse.of(StageLine.BUILD));

    private BuildMain() {}

    public static void main(String[] args) {
        System.exit(SERVICE.run(args));
    }

    private static List<Component> components(BuildConfig config, Metrics metrics) {
        WorkerSettings worker = config.stage().worker();
        EarlierBuilds earlierBuilds = EarlierBuilds.in(worker.scratch());
        UnityProcess unity = new UnityProcess(
                config.unityExecutable(),
                passedOn(config.unityEnvironment(), System.getenv()),
                WorkingCopies.in(worker.scratch()),
                config.unityProject(),
                earlierBuilds);
        BuildHandler handler = new BuildHandler(
                new Editors(unity, new SimulatedUnity()),
                new GeneratedFiles(new BehaviourSources(new HttpSource(config.behaviourSourceHosts()))),
                earlierBuilds,
                Clock.systemUTC());
        OwnFolder admission = new OwnFolder(worker.artifacts().store());
        String editor =
                EditorVersion.of(config.unityExecutable(), System.getenv().getOrDefault("PATH", ""));
        return new StageService<>(StageLine.BUILD, handler, admission, config.stage(), Map.of("unity", editor))
                .components(metrics);
    }

    /** The variables of these names that there are. */
    private static Map<String, String> passedOn(List<String> names, Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>(environment);
        found.keySet().retainAll(names);
        return found;
    }
}
