package dev.unitymlops.registry;

import dev.unitymlops.events.Registration;
import dev.unitymlops.events.TrainingJob;
import org.jspecify.annotations.Nullable;

/** Where a job's models go, by its {@code registration.target} and {@code vertex_project}. */
sealed interface Destination {

    /**
     * The file registry.
     *
     * @param reason why not Vertex AI
     */
    record FileFolder(String reason) implements Destination {}

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

    static Destination of(TrainingJob job) {
        String target = target(job);
        return switch (target) {
            case "none" -> new Nowhere("registration.target is none: no model is registered");
            case "file" -> new FileFolder("registration.target is file");
            case "auto" ->
                new FileFolder(
                        job.getVertexProject() == null
                                ? "vertex_project is not set: the file registry stands in for Vertex AI"
                                : "this version has no Vertex AI registration yet: the file registry stands in for it");
            case "vertex" ->
                new Unavailable("registration.target is vertex, but this version has no Vertex AI registration yet:"
                        + " set it to auto or file");
            default ->
                new Unavailable("registration.target '" + target + "' is not a registry: set it to auto, vertex, file"
                        + " or none");
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
