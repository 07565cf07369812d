package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.Model;
import dev.unitymlops.registry.registration.Lineage;
import dev.unitymlops.registry.registration.ModelVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Vertex AI's console shows of a version, in full where labels had to lose something. Its beginning is read back for
 * listings, as the display name that a listing has is the model's and not the version's.
 *
 * @param jobId null when nobody knows
 * @param meanReward of the training; null when it told none
 */
record VersionDescription(
        String displayName,
        @Nullable String jobId,
        @Nullable Double meanReward) {

    private static final String NONE = "none";
    private static final String NUMBER = "[-+]?\\d+(?:\\.\\d+)?(?:E[-+]?\\d+)?";
    private static final Pattern BEGINNING =
            Pattern.compile("(.+): job (\\S+) run \\d+, mean reward (" + NUMBER + "|" + NONE + "), .*", Pattern.DOTALL);

    static String write(ModelVersion version) {
        Lineage lineage = version.lineage();
        Lineage.Metrics metrics = lineage.training().metrics();
        Double reward = metrics == null ? null : metrics.meanReward();
        return "%s: job %s run %d, mean reward %s, asset %s, behaviour %s, %s, config %s, model sha256 %s; %s"
                .formatted(
                        version.displayName(),
                        lineage.jobId(),
                        lineage.run(),
                        reward == null || !Double.isFinite(reward) ? NONE : reward.toString(),
                        version.parent().assetId(),
                        version.parent().behavior(),
                        lineage.training().algorithm(),
                        lineage.contentHash(),
                        version.sha256(),
                        version.verdict().checked());
    }

    /** Empty when a person has written something else. */
    static Optional<VersionDescription> read(Model version) {
        Matcher matcher = BEGINNING.matcher(version.getVersionDescription());
        return matcher.matches()
                ? Optional.of(new VersionDescription(matcher.group(1), matcher.group(2), reward(matcher.group(3))))
                : Optional.empty();
    }

    private static @Nullable Double reward(String text) {
        return text.equals(NONE) ? null : Double.valueOf(text);
    }
}
