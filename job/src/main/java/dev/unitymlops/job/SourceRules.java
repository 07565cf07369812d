package dev.unitymlops.job;

import dev.unitymlops.events.BehaviourSource;
import dev.unitymlops.events.TrainingJob;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** An upstream's C# behaviour: one source, whose hash is known. */
final class SourceRules {
    private static final String FIELD = "behaviour_source";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Names of query parameters by which signed and authorized URLs carry their secret. */
    private static final Pattern CREDENTIAL = Pattern.compile(
            "(?i)(^|&)([^=&]*(token|signature|secret|passw|credential|api[_-]?key)[^=&]*|sig|key|auth)=");

    private static final Set<String> SCHEMES = Set.of("file", "http", "https", "gs");

    private final BehaviourSource source;
    private final Findings findings;

    private SourceRules(BehaviourSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    static void check(TrainingJob job, Findings findings) {
        if (job.getBehaviourSource() != null) {
            new SourceRules(job.getBehaviourSource(), findings)
                    .check(job.getAssetSpec().getName());
        }
    }

    private void check(String className) {
        String content = source.getContent();
        String uri = source.getUri();
        if ((content == null) == (uri == null)) {
            findings.problem(
                    FIELD,
                    content == null ? null : uri,
                    "has " + (content == null ? "neither content nor uri" : "both content and uri"),
                    "Give exactly one of them.");
        }
        if (source.getSha256() != null && !SHA256.matcher(source.getSha256()).matches()) {
            findings.problem(
                    FIELD + ".sha256",
                    source.getSha256(),
                    "is not a SHA-256",
                    "Give 64 lower-case hexadecimal digits.");
        }
        if (content != null) {
            content(content, className);
        }
        if (uri != null) {
            uri(uri);
        }
    }

    private void content(String content, String className) {
        boolean declares = Pattern.compile("\\bclass\\s+" + Pattern.quote(className) + "\\b")
                .matcher(content)
                .find();
        if (!declares) {
            findings.problem(
                    FIELD + ".content",
                    content,
                    "declares no class " + className,
                    "Name the class as asset_spec.name says: Unity finds it by the file's name.");
        }
        String actual = ContentHash.sha256(content.getBytes(StandardCharsets.UTF_8));
        String stated = source.getSha256();
        if (stated != null && SHA256.matcher(stated).matches() && !stated.equals(actual)) {
            findings.problem(
                    FIELD + ".sha256", stated, "is not the hash of content", "Give " + actual + " or no hash.");
        }
    }

    private void uri(String text) {
        String field = FIELD + ".uri";
        try {
            URI uri = new URI(text);
            String shown = uri.getScheme() + "://" + uri.getHost() + "/...";
            if (uri.getRawUserInfo() != null) {
                refuseUri(shown, "holds user info, which every reader of the event would see");
            } else if (CREDENTIAL.matcher(String.valueOf(uri.getRawQuery())).find()) {
                refuseUri(shown, "has a credential in its query, which every reader of the event would see");
            } else if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
                findings.problem(field, text, "is not a file:, http(s): or gs: URI", "Give one.");
            }
        } catch (URISyntaxException e) {
            refuseUri(text.length() + " characters", "is not a URI: " + e.getReason());
        }
        if (source.getSha256() == null) {
            findings.problem(
                    FIELD + ".sha256",
                    null,
                    "is missing beside uri",
                    "Give the SHA-256 of the source, so that it stays the same.");
        }
    }

    /** What may hold a secret is not told again. */
    private void refuseUri(String shown, String message) {
        findings.problemShown(
                FIELD + ".uri",
                Json.shown(shown),
                message,
                "Give a file:, http(s): or gs: URI that the builder may read without a credential in it.");
    }
}
