package dev.unitymlops.job;

import dev.unitymlops.events.TrainingJob;

/** Whose a job is where workers are shared out. */
public final class ProjectName {
    /** Of jobs that tell neither a project nor a Unity project with a name. */
    private static final String DEFAULT = "default";

    private ProjectName() {}

    /** The job's {@code project}, else the name of its Unity project's folder, else {@code default}. */
    public static String of(TrainingJob job) {
        if (job.getProject() != null) {
            return job.getProject();
        }
        String path = job.getUnityProjectPath().replace('\\', '/').replaceAll("/+$", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isBlank() || name.equals(".") || name.equals("..") ? DEFAULT : name;
    }
}
