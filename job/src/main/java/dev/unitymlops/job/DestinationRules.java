package dev.unitymlops.job;

import dev.unitymlops.events.RegistrationGates;
import dev.unitymlops.events.Requirements;
import dev.unitymlops.events.TrainingJob;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where results and news of a job go, and which workers may take it. */
final class DestinationRules {
    private static final List<String> GATE_ENDS = List.of("rejected", "none");
    private static final List<String> TARGETS = List.of("auto", "vertex", "mlflow", "file", "none");
    private static final List<String> APPROVALS = List.of("manual", "none");

    /** Google Cloud's rule for project ids, with an optional domain before them. */
    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]{1,60}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");

    private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]{1,2}");
    private static final int DISPLAY_NAME_CHARACTERS = 128;

    private static final String ENDPOINT = "endpoint:";
    private static final Pattern ENDPOINT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/=:-]{0,62}");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    private final TrainingJob job;
    private final Findings findings;

    private DestinationRules(TrainingJob job, Findings findings) {
        this.job = job;
        this.findings = findings;
    }

    static void check(TrainingJob job, Findings findings) {
        DestinationRules rules = new DestinationRules(job, findings);
        rules.outputDir();
        rules.registration();
        rules.vertex();
        if (job.getWebhookUrl() != null) {
            rules.webhook(job.getWebhookUrl());
        }
        Requirements requires = job.getRequires();
        if (requires != null) {
            rules.labels("requires.build", requires.getBuild());
            rules.labels("requires.train", requires.getTrain());
            rules.labels("requires.registry", requires.getRegistry());
        }
    }

    private void outputDir() {
        String dir = job.getOutputDir();
        var scheme = SCHEME.matcher(dir);
        if (dir.isBlank() || dir.contains("\n")) {
            findings.problem("output_dir", dir, "is not a folder", "Give the artifact root, such as artifacts.");
        } else if (scheme.matches() && !Set.of("file", "gs").contains(scheme.group(1))) {
            findings.problem(
                    "output_dir", dir, "is a URI of an unknown store", "Give a folder, or a file: or gs: URI.");
        }
    }

    private void registration() {
        if (job.getRegistration() == null) {
            return;
        }
        String target = job.getRegistration().getTarget();
        if (!TARGETS.contains(target)) {
            findings.problem(
                    "registration.target",
                    target,
                    "is not a registry",
                    "Give one of " + String.join(", ", TARGETS) + ".");
        } else if (target.equals("vertex") && job.getVertexProject() == null) {
            findings.problem(
                    "vertex_project",
                    null,
                    "is missing: the model shall go to Vertex AI",
                    "Give vertex_project, set VERTEX_PROJECT, or choose registration: file.");
        }
        String approval = job.getRegistration().getApproval();
        if (approval != null && !APPROVALS.contains(approval)) {
            findings.problem(
                    "registration.approval",
                    approval,
                    "is no kind of approval",
                    "Give one of " + String.join(", ", APPROVALS) + ", or leave it out for none.");
        }
        if (job.getRegistration().getGates() != null) {
            gates(job.getRegistration().getGates());
        }
    }

    private void gates(RegistrationGates gates) {
        if (!GATE_ENDS.contains(gates.getOnFailure())) {
            findings.problem(
                    "registration.gates.on_failure",
                    gates.getOnFailure(),
                    "is no end of a failed gate",
                    "Give one of " + String.join(", ", GATE_ENDS) + ".");
        }
        if (gates.getMinEpisodes() != null && gates.getMinEpisodes() < 1) {
            findings.problem(
                    "registration.gates.min_episodes",
                    gates.getMinEpisodes(),
                    "is no number of episodes",
                    "Give a number from 1, or leave it out.");
        }
        if (gates.getMaxRegression() != null && !(gates.getMaxRegression() >= 0)) {
            findings.problem(
                    "registration.gates.max_regression",
                    gates.getMaxRegression(),
                    "is no distance of mean rewards",
                    "Give a number from 0, or leave it out.");
        }
        if (gates.getRequiredMetrics().stream().anyMatch(String::isBlank)) {
            findings.problem(
                    "registration.gates.required_metrics",
                    gates.getRequiredMetrics().toString(),
                    "has a metric without a name",
                    "Give names such as mean_reward or Losses/Policy Loss.");
        }
    }

    private void vertex() {
        matches(
                "vertex_project",
                job.getVertexProject(),
                PROJECT,
                "is not a Google Cloud project id",
                "Give its id, not its name.");
        matches("vertex_region", job.getVertexRegion(), REGION, "is not a region", "Give one such as us-central1.");
        String name = job.getVertexModelDisplayName();
        if (name != null && (name.isBlank() || name.length() > DISPLAY_NAME_CHARACTERS)) {
            findings.problem(
                    "vertex_model_display_name",
                    name,
                    "is not a text of 1 to " + DISPLAY_NAME_CHARACTERS + " characters",
                    "Shorten it, or leave it out for <asset name>-<job id>.");
        }
    }

    private void matches(String field, @Nullable String text, Pattern pattern, String message, String remedy) {
        if (text != null && !pattern.matcher(text).matches()) {
            findings.problem(field, text, message, remedy);
        }
    }

    /** A webhook is told in every event, so it must hold no secret; endpoints with secrets have a name instead. */
    private void webhook(String text) {
        if (text.startsWith(ENDPOINT)) {
            matches(
                    "webhook_url",
                    text.substring(ENDPOINT.length()),
                    ENDPOINT_NAME,
                    "names no endpoint",
                    "Write endpoint:<name>, with a name of the webhook-service.");
            return;
        }
        try {
            webhook(new URI(text));
        } catch (URISyntaxException e) {
            refuseWebhook(text.length() + " characters", "is not a URL: " + e.getReason());
        }
    }

    private void webhook(URI url) {
        String shown = url.getScheme() + "://" + url.getHost();
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            refuseWebhook(shown, "is not an http or https URL with a host");
        } else if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            refuseWebhook(
                    shown + "/...", "has user info, a query or a fragment, which every reader of the event would see");
        }
    }

    private void refuseWebhook(String shown, String message) {
        findings.problemShown(
                "webhook_url",
                Json.shown(shown),
                message,
                "Give a plain URL, or name the endpoint in the webhook-service and write endpoint:<name>.");
    }

    private void labels(String field, List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            matches(
                    field + "[" + i + "]",
                    labels.get(i),
                    LABEL,
                    "is not a label",
                    "Use up to 63 letters, digits and . _ / = : - such as gpu or os=linux.");
        }
    }
}
