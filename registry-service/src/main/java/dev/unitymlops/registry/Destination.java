package dev.unitymlops.registry;

import dev.unitymlops.events.Registration;
import dev.unitymlops.events.TrainingJob;
import org.jspecify.annotations.Nullable;

/** Where a job's models go, by its {@code registration.target} and {@code vertex_project}. */
sealed interface Destination {

    String NO_PROJECT = "vertex_project is not set";
    String NO_TRACKING_URI = "mlflow.tracking-uri of registry-service is not set";
    String NO_BUCKET = "vertex.staging-bucket of registry-service is not set";

    /**
     * The file registry.
     *
     * @param reason why not Vertex AI
     */
    record FileFolder(String reason) implements Destination {}

    /**
     * Vertex AI.
     *
     * @param project Google Cloud project
     */
    record Vertex(String project, String region) implements Destination {}

    /** MLflow. */
    record Mlflow() implements Destination {}

    /**
     * Nowhere: the models stay artifacts of the job.
     *
     * @param reason why
     */
    record Nowhere(String reason) implements Destination {}

    /**
     * A registry that there is not.
     *
     * @param message what the job asks for and what to ask for instead
     */
    record Unavailable(String message) implements Destination {}

    /**
     * What this service has been told to register in, besides its files.
     *
     * @param bucket whether it has a bucket for Vertex AI
     * @param mlflow whether it has an address of MLflow
     */
    record Within(boolean bucket, boolean mlflow) {}

    /** Where this job's models go. */
    static Destination of(TrainingJob job, Within within) {
        String target = target(job);
        String project = job.getVertexProject();
        return switch (target) {
            case "none" -> new Nowhere("registration.target is none: no model is registered");
            case "file" -> new FileFolder("registration.target is file");
            case "auto" ->
                project != null && within.bucket()
                        ? new Vertex(project, job.getVertexRegion())
                        : new FileFolder((project == null ? NO_PROJECT : NO_BUCKET)
                                + ": the file registry stands in for Vertex AI");
            case "vertex" ->
                project != null && within.bucket()
                        ? new Vertex(project, job.getVertexRegion())
                        : new Unavailable(
                                "registration.target is vertex, but " + (project == null ? NO_PROJECT : NO_BUCKET)
                                        + ": set it, or the target to auto or file");
            case "mlflow" ->
                within.mlflow()
                        ? new Mlflow()
                        : new Unavailable("registration.target is mlflow, but " + NO_TRACKING_URI
                                + ": set it (or MLFLOW_TRACKING_URI), or the target to auto or file");
            default ->
                new Unavailable("registration.target '" + target + "' is not a registry: set it to auto, vertex,"
                        + " mlflow, file or none");
        };
    }

    /** What {@code registration.target} says, {@code auto} when it says nothing. */
    static String target(TrainingJob job) {
        Registration registration = job.getRegistration();
        return registration == null ? "auto" : registration.getTarget();
    }

    /**
     * The resource name that the original pipeline gives a dry run; null when the job does not go to Vertex AI.
     */
    static @Nullable String dryRunResource(TrainingJob job) {
        String project = job.getVertexProject();
        boolean wanted = target(job).equals("auto") || target(job).equals("vertex");
        return project == null || !wanted
                ? null
                : "projects/%s/locations/%s/models/dry-run-%s"
                        .formatted(project, job.getVertexRegion(), job.getJobId());
    }
}
