package dev.unitymlops.build;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Writes {@code generated/}: the agent's script, asset_spec.json and spec.json. */
public final class GeneratedFiles {

    private final BehaviourSources sources;

    public GeneratedFiles(BehaviourSources sources) {
        this.sources = sources;
    }

    Behaviour write(BuildOrder order) throws StageFailure, IOException, InterruptedException {
        Behaviour behaviour = behaviour(order);
        Files.createDirectories(order.files().generated());
        Files.writeString(order.files().script(), behaviour.source());
        Files.writeString(order.files().assetSpec(), assetSpec(order));
        Files.writeString(order.files().spec(), BuildSpecFile.write(order));
        return behaviour;
    }

    private Behaviour behaviour(BuildOrder order) throws StageFailure, InterruptedException {
        BehaviourSource upstream = order.job().getBehaviourSource();
        return upstream == null
                ? new AgentScript(order.job().getAssetSpec(), order.spaces(), order.generatedScene()).write()
                : sources.take(upstream, order.job().getAssetSpec());
    }

    private static String assetSpec(BuildOrder order) {
        JsonNode asset = JobJson.toJson(order.job()).path("asset_spec");
        return asset.toPrettyString() + "\n";
    }
}
