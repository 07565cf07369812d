package dev.unitymlops.webhook.send;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import dev.unitymlops.runtime.Settings;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the endpoints and secrets. They are in a file of their own ({@code NAME.url}, {@code NAME.secrets}), which is
 * mounted like any secret and of which nothing is ever shown.
 */
public final class ReadEndpoints {

    private static final String FILE = "webhook.endpoints-file";
    private static final String SECRET = "webhook.secret";
    private static final String PREFIX = "whsec_";
    private static final Pattern KEY = Pattern.compile("([a-z0-9][a-z0-9._-]{0,62})\\.(url|secrets)");

    private final Settings.Reader settings;

    private ReadEndpoints(Settings.Reader settings) {
        this.settings = settings;
    }

    /** Reads both settings; what is wrong is told to the reader. */
    public static Endpoints from(Settings.Reader settings) {
        ReadEndpoints read = new ReadEndpoints(settings);
        Path file = settings.key(FILE, "Properties file of endpoints: NAME.url and NAME.secrets.")
                .optionalPath();
        List<String> secrets = settings.key(
                        SECRET,
                        "Secrets (whsec_..., between commas while rotating) that sign what goes to URLs of jobs.")
                .secret()
                .list(List.of());
        return new Endpoints(file == null ? Map.of() : read.named(file), read.signers(SECRET, secrets));
    }

    private Map<String, Endpoint> named(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problem(FILE, "cannot be read: " + e.getClass().getSimpleName(), "name a properties file in UTF-8");
        }
        TreeSet<String> names = new TreeSet<>();
        boolean strange = false;
        for (String key : lines.stringPropertyNames()) {
            var known = KEY.matcher(key);
            if (known.matches()) {
                names.add(known.group(1));
            } else {
                strange = true;
            }
        }
        if (strange) {
            // of a wrapped list of secrets the second line's key is a secret: none is shown
            problem(
                    FILE,
                    "has a line that is neither NAME.url=... nor NAME.secrets=...",
                    "write each on one line, NAME of a-z, 0-9, '.', '_' and '-'");
        }
        Map<String, Endpoint> endpoints = new TreeMap<>();
        for (String name : names) {
            URI url = url(name, lines.getProperty(name + ".url", "").strip());
            List<Webhook> signers =
                    signers(FILE + ": " + name + ".secrets", split(lines.getProperty(name + ".secrets", "")));
            if (signers.isEmpty()) {
                problem(
                        FILE + ": " + name + ".secrets",
                        "has no secret",
                        "write one or more, whsec_... between commas");
            }
            endpoints.put(name, Endpoints.named(name, url, signers));
        }
        return endpoints;
    }

    private URI url(String name, String text) {
        try {
            URI url = new URI(text);
            if (Endpoints.isHttp(url) && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below: the exception would repeat the URL
        }
        problem(FILE + ": " + name + ".url", "is not an http or https URL", "write one without user info and fragment");
        return URI.create("http://invalid/");
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private List<Webhook> signers(String field, List<String> secrets) {
        List<Webhook> signers = new ArrayList<>();
        for (String secret : secrets) {
            try {
                int bytes = secret.startsWith(PREFIX)
                        ? Base64.getDecoder().decode(secret.substring(PREFIX.length())).length
                        : 0;
                if (bytes < 24 || bytes > 64) {
                    throw new IllegalArgumentException("its length");
                }
                signers.add(new Webhook(secret));
            } catch (IllegalArgumentException | EmptyWebhookSecretException e) {
                problem(field, "is not a secret", "write whsec_ and 24 to 64 random bytes in base64");
            }
        }
        return signers;
    }

    private void problem(String field, String message, String remedy) {
        settings.problem(field, null, message, remedy);
    }
}
