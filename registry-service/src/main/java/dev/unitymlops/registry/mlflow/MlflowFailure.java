package dev.unitymlops.registry.mlflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A call that MLflow refused or did not answer: whether it is made again, and what a person can do. */
final class MlflowFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_ANSWER = 0;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;

    /** What MLflow says when its database refuses or no connection to it is free; a wrong request has other codes. */
    private static final String DATABASE_BUSY = "BAD_REQUEST";

    private static final int LONGEST_TEXT = 500;

    private final int status;
    private final String code;

    private MlflowFailure(int status, String code, String says, @Nullable Throwable reason) {
        super(says, reason);
        this.status = status;
        this.code = code;
    }

    /** No answer came, or not all of it: the call may have been carried out all the same. */
    static MlflowFailure unanswered(IOException e) {
        String says = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new MlflowFailure(NO_ANSWER, "", says, e);
    }

    /** A success that is not JSON: something else answers there. */
    static MlflowFailure unreadable(JacksonException e) {
        return new MlflowFailure(NOT_FOUND, "", "the answer is not JSON: " + e.getOriginalMessage(), e);
    }

    /** An answer that is none of success. */
    static MlflowFailure refused(int status, HttpHeaders headers, String body) {
        String location =
                headers.firstValue("Location").map(to -> "moved to " + to).orElse("");
        try {
            JsonNode error = JSON.readTree(body);
            String code = error == null ? "" : error.path("error_code").asText("");
            String says = error == null ? "" : error.path("message").asText("");
            return new MlflowFailure(status, code, shown(code + " " + says + location), null);
        } catch (JacksonException noJson) {
            return new MlflowFailure(status, "", shown(body + location), noJson);
        }
    }

    private static String shown(String text) {
        String line = text.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }

    /** Whether the same call may work later. */
    boolean again() {
        boolean passing = status >= 500 || status == TOO_MANY || status == REQUEST_TIMEOUT;
        return status == NO_ANSWER ? !distrusted() : passing || exists() || code.equals(DATABASE_BUSY);
    }

    /** What was asked for is not there; an unknown path is told apart, having no code. */
    boolean absent() {
        return code.equals("RESOURCE_DOES_NOT_EXIST");
    }

    /** What was to be made is there already: somebody else made it in the same moment. */
    boolean exists() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }

    private boolean distrusted() {
        return getCause() instanceof SSLHandshakeException || getCause() instanceof SSLPeerUnverifiedException;
    }

    /**
     * The failure of the attempt.
     *
     * @param what the call, as in "cannot <what>"
     * @return when asking again may help
     * @throws StageFailure when somebody has to change something first
     */
    IOException told(String what, URI server) throws StageFailure {
        String message = "MLflow at " + server + " cannot " + what + (status == NO_ANSWER ? "" : " (" + status + ")")
                + ": " + advice() + ": " + getMessage();
        if (again()) {
            return new IOException(message, this);
        }
        throw StageFailure.of(FailureCause.INFRASTRUCTURE, Retry.NEVER, message).because(this);
    }

    private String advice() {
        return switch (status) {
            case NO_ANSWER ->
                distrusted()
                        ? "this Java does not trust its certificate; add its CA to a trust store and name that in"
                                + " -Djavax.net.ssl.trustStore"
                        : "it cannot be reached; check that it runs, and mlflow.tracking-uri";
            case UNAUTHORIZED ->
                "it does not accept the credentials; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                        + " MLFLOW_TRACKING_TOKEN";
            case FORBIDDEN ->
                "it denies the access; let the user of mlflow.username edit the experiment of mlflow.experiment and"
                        + " create registered models, or name the host of mlflow.tracking-uri in the server's"
                        + " --allowed-hosts";
            case NOT_FOUND ->
                absent()
                        ? "something that it needs is gone"
                        : "no MLflow 2.3 or newer that serves artifacts answers there; check mlflow.tracking-uri, and"
                                + " that the server runs with --serve-artifacts";
            case TOO_LARGE -> "the file is too large for it, or for a proxy before it; raise that limit";
            case TOO_MANY -> "it is asked too often";
            default ->
                status >= 500
                        ? "it failed inside; see its log"
                        : status >= 400
                                ? "it refuses the request"
                                : "another address is meant; set mlflow.tracking-uri";
        };
    }
}
