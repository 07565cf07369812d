package dev.unitymlops.registry.vertex;

import com.google.api.gax.rpc.ApiException;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.util.Map;

/** What each gRPC status code of Vertex AI means to a registration: again or stop, and what a person can do. */
enum VertexStatus {
    OK(Then.AGAIN, "an error without a code"),
    CANCELLED(Then.AGAIN, "the call was cancelled"),
    UNKNOWN(Then.AGAIN, "it failed for a reason that it does not tell"),
    INVALID_ARGUMENT(Then.STOP_JOB, "it refuses the request"),
    DEADLINE_EXCEEDED(Then.AGAIN, "it did not answer in time; raise vertex.call-timeout if that stays so"),
    NOT_FOUND(Then.STOP, "there is no such thing: check vertex_project and vertex_region"),
    ALREADY_EXISTS(Then.AGAIN, "somebody else made the model at the same time"),
    PERMISSION_DENIED(Then.STOP, "it denies the access"),
    RESOURCE_EXHAUSTED(Then.AGAIN, "a quota of the project is used up; ask for a higher one if that stays so"),
    FAILED_PRECONDITION(Then.STOP, "the project or the model is not in a state for it"),
    ABORTED(Then.AGAIN, "another change came in between"),
    OUT_OF_RANGE(Then.STOP_JOB, "it refuses the request"),
    UNIMPLEMENTED(Then.STOP, "it does not offer this: check vertex.endpoint and vertex_region"),
    INTERNAL(Then.AGAIN, "it failed inside"),
    UNAVAILABLE(Then.AGAIN, "it cannot be reached at present"),
    DATA_LOSS(Then.STOP, "it lost data"),
    UNAUTHENTICATED(
            Then.STOP,
            "it does not accept the credentials: set GOOGLE_APPLICATION_CREDENTIALS, give the machine a service account,"
                    + " or run gcloud auth application-default login");

    private enum Then {
        /** The same call may work later. */
        AGAIN,
        /** Somebody has to change the project or the service's settings first. */
        STOP,
        /** Somebody has to change the job first. */
        STOP_JOB
    }

    private static final String SERVICE_DISABLED = "SERVICE_DISABLED";

    private final Then then;
    private final String says;

    VertexStatus(Then then, String says) {
        this.then = then;
        this.says = says;
    }

    static VertexStatus of(ApiException e) {
        return valueOf(e.getStatusCode().getCode().name());
    }

    boolean again() {
        return then == Then.AGAIN;
    }

    /**
     * The failure of the attempt.
     *
     * @param what the call, as in "cannot <what>"
     */
    StageFailure failure(String what, String project, ApiException e) {
        String advice = this == PERMISSION_DENIED ? denied(project, e) : says;
        String message = "Vertex AI cannot " + what + " (" + name() + "): " + advice + ": " + e.getMessage();
        return switch (then) {
            case AGAIN -> StageFailure.infrastructure(message).because(e);
            case STOP ->
                StageFailure.of(FailureCause.INFRASTRUCTURE, Retry.NEVER, message)
                        .because(e);
            case STOP_JOB -> StageFailure.user(message).because(e);
        };
    }

    private static String denied(String project, ApiException e) {
        Map<String, String> facts = e.getMetadata() == null ? Map.of() : e.getMetadata();
        boolean disabled = SERVICE_DISABLED.equals(e.getReason())
                || String.valueOf(e.getMessage()).contains("disabled");
        if (disabled) {
            String api = facts.getOrDefault("service", "aiplatform.googleapis.com");
            return "enable the API " + api + " in project " + project;
        }
        String permission = facts.containsKey("permission") ? " (it has " + facts.get("permission") + ")" : "";
        return "grant the service's account the role roles/aiplatform.user" + permission + " on project " + project;
    }
}
