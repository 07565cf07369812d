package dev.unitymlops.job;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.TrainingJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that are JSON, and argument vectors. */
final class TextRules {

    private TextRules() {}

    static void check(TrainingJob job, Findings findings) {
        AssetSpec asset = job.getAssetSpec();
        JsonText.object(asset.getHints(), "asset_spec.hints", findings);
        if (asset.getRewardSpec() != null) {
            JsonText.object(asset.getRewardSpec(), "asset_spec.reward_spec", findings);
        }
        command("build_command", job.getBuildCommand(), findings);
        command("training_command", job.getTrainingCommand(), findings);
    }

    private static void command(String field, @Nullable List<String> argv, Findings findings) {
        if (argv != null && (argv.isEmpty() || argv.getFirst().isBlank())) {
            findings.problem(
                    field,
                    argv,
                    "names no program",
                    "Give the program and its arguments as a list; no shell reads them.");
        }
    }
}
