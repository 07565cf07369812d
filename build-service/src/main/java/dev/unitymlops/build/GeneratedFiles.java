package dev.unitymlops.build;

import dev.unitymlops.build.script.AgentScript;
import dev.unitymlops.build.script.Behaviour;
import dev.unitymlops.build.script.BehaviourSources;
import dev.unitymlops.build.unity.BuildOrder;
import dev.unitymlops.build.unity.BuildSpecFile;
import dev.unitymlops.events.BehaviourSource;
import dev.unitymlops.job.JobJson;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Writes {@code generated/}: the agent's script, asset_spec.json and spec.json. */
public final class GeneratedFiles {

    private final BehaviourSources sources;

    public GeneratedFiles(BehaviourSources sources) {
        this.sources = sources;
    }

    /**
     * Writes the files.
     *
     * @return empty when a dry run leaves the source where it is; behaviour_source.json then stands in the script's place
     */
    Optional<Behaviour> write(BuildOrder order) throws StageFailure, IOException, InterruptedException {
        Files.createDirectories(order.files().generated());
        Files.writeString(order.files().assetSpec(), assetSpec(order));
        Files.writeString(order.files().spec(), BuildSpecFile.write(order));
        Optional<Behaviour> behaviour = behaviour(order);
        if (behaviour.isPresent()) {
            Files.writeString(order.files().script(), behaviour.get().source());
        } else {
            Files.writeString(order.files().behaviourSource(), behaviourSource(order));
        }
        return behaviour;
    }

    private Optional<Behaviour> behaviour(BuildOrder order) throws StageFailure, InterruptedException {
        BehaviourSource upstream = order.job().getBehaviourSource();
        if (upstream == null) {
            return Optional.of(
                    new AgentScript(order.job().getAssetSpec(), order.spaces(), order.generatedScene()).write());
        }
        return order.job().getDryRun()
                ? sources.takeHere(upstream, order.job().getAssetSpec())
                : Optional.of(sources.take(upstream, order.job().getAssetSpec()));
    }

    private static String assetSpec(BuildOrder order) {
        return JobJson.toJson(order.job()).path("asset_spec").toPrettyString() + "\n";
    }

    /** URI and sha256 of what a build would fetch. */
    private static String behaviourSource(BuildOrder order) {
        return JobJson.toJson(order.job()).path("behaviour_source").toPrettyString() + "\n";
    }
}
