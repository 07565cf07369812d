package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.registration.Tries;
import dev.unitymlops.runtime.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the registry in MLflow.
 *
 * @param trackingUri of the tracking server, without a slash at the end; null: there is no registration in MLflow
 * @param experiment that has the runs which versions come from
 * @param callTimeout of one call
 * @param transferTimeout of one file, there or back
 * @param tries of a call
 */
public record MlflowConfig(
        @Nullable URI trackingUri,
        Credentials credentials,
        String experiment,
        Duration callTimeout,
        Duration transferTimeout,
        Tries tries) {

    private static final String PASSWORD = "mlflow.password";

    public static MlflowConfig from(Settings.Reader s) {
        return new MlflowConfig(
                trackingUri(s),
                credentials(s),
                s.key("mlflow.experiment", "Experiment with a run for each registered version.")
                        .env("MLFLOW_EXPERIMENT_NAME")
                        .text("unity-mlops"),
                s.key("mlflow.call-timeout", "How long one call to MLflow may take.")
                        .duration(Duration.ofSeconds(30)),
                s.key("mlflow.transfer-timeout", "How long one model file may take to or from MLflow.")
                        .duration(Duration.ofMinutes(10)),
                Tries.DEFAULT);
    }

    private static @Nullable URI trackingUri(Settings.Reader s) {
        String key = "mlflow.tracking-uri";
        String text = s.key(
                        key, "MLflow's tracking server, http(s)://host:port; empty: nothing is registered in MLflow.")
                .env("MLFLOW_TRACKING_URI")
                .optionalText();
        if (text == null) {
            return null;
        }
        try {
            return parse(text);
        } catch (URISyntaxException | IllegalArgumentException e) {
            s.problem(
                    key,
                    text.contains("@") ? null : text,
                    "is no address of a tracking server",
                    "write http(s)://host:port, and who asks in mlflow.username and " + PASSWORD
                            + ", or in mlflow.token");
            return null;
        }
    }

    private static URI parse(String text) throws URISyntaxException {
        URI uri = new URI(text.replaceAll("/+$", ""));
        boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!known || uri.getHost() == null || !plain) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    private static Credentials credentials(Settings.Reader s) {
        String username = s.key("mlflow.username", "Who asks MLflow.")
                .env("MLFLOW_TRACKING_USERNAME")
                .optionalText();
        String password = s.key(PASSWORD, "The password of who asks.")
                .env("MLFLOW_TRACKING_PASSWORD")
                .secret()
                .optionalText();
        String token = s.key("mlflow.token", "A bearer token in place of user and password.")
                .env("MLFLOW_TRACKING_TOKEN")
                .secret()
                .optionalText();
        if ((username == null) != (password == null)) {
            s.problem(
                    username == null ? "mlflow.username" : PASSWORD,
                    null,
                    "is missing",
                    "set mlflow.username (MLFLOW_TRACKING_USERNAME) and " + PASSWORD
                            + " (MLFLOW_TRACKING_PASSWORD), or neither");
        }
        return Credentials.of(username, password, token);
    }
}
