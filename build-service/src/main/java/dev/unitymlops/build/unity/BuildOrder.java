package dev.unitymlops.build.unity;

import dev.unitymlops.events.Timeouts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.UnityPlacement;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.stage.Attempt;
import java.time.Duration;

/**
 * One player to be built.
 *
 * @param job whose agent it holds
 * @param spaces what the agent observes and does
 * @param files where everything of this attempt lies
 */
public record BuildOrder(TrainingJob job, Spaces spaces, BuildFiles files) {

    private static final UnityPlacement ANYWHERE = UnityPlacement.newBuilder().build();
    private static final Timeouts PATIENT = Timeouts.newBuilder().build();

    public static BuildOrder of(Attempt attempt) {
        TrainingJob job = attempt.job();
        UnityPlacement placement = job.getUnity() == null ? ANYWHERE : job.getUnity();
        PlayerName player = PlayerName.of(job.getAssetSpec().getName(), placement.getBuildTarget());
        return new BuildOrder(
                job, Spaces.of(job), BuildFiles.of(attempt, job.getAssetSpec().getName(), player));
    }

    public String className() {
        return job.getAssetSpec().getName();
    }

    public UnityPlacement placement() {
        return job.getUnity() == null ? ANYWHERE : job.getUnity();
    }

    /** Unity's {@code -buildTarget}. */
    public String target() {
        return placement().getBuildTarget();
    }

    public Duration timeout() {
        Timeouts timeouts = job.getTimeouts() == null ? PATIENT : job.getTimeouts();
        return Duration.ofSeconds(timeouts.getBuildSeconds());
    }

    /** Whether the agent lives in a scene made for it: when the job says so, or the stand-in has no other scene. */
    public boolean generatedScene() {
        UnityPlacement placement = placement();
        boolean unplaced =
                placement.getAttachTo() == null && placement.getScenes().isEmpty();
        return "generated".equals(placement.getScene()) || (SimulatedUnity.isAskedForBy(job) && unplaced);
    }

    /** Folder of the script in the project, relative to it, with slashes. */
    public String assetFolder() {
        return "Assets/GeneratedMLOps/" + job.getAssetSpec().getAssetId();
    }

    /** The script in the project, relative to it, with slashes. */
    public String scriptAsset() {
        return assetFolder() + "/" + className() + ".cs";
    }
}
