package dev.unitymlops.build;

import dev.unitymlops.build.unity.OwnBuildCommand;
import dev.unitymlops.build.unity.SimulatedUnity;
import dev.unitymlops.build.unity.UnityEditor;
import dev.unitymlops.events.TrainingJob;

/**
 * Who builds a job's player.
 *
 * @param unity the editor of this host
 * @param simulated its stand-in
 */
public record Editors(UnityEditor unity, UnityEditor simulated) {

    UnityEditor of(TrainingJob job) {
        if (job.getBuildCommand() != null && !job.getBuildCommand().isEmpty()) {
            return new OwnBuildCommand(job.getBuildCommand());
        }
        return SimulatedUnity.isAskedForBy(job) ? simulated : unity;
    }
}
