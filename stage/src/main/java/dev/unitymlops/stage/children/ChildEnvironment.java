package dev.unitymlops.stage.children;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a program sees of the service's environment: an allow-list, so that no credential of a cloud, of Kafka or of a
 * licence server reaches code that an upstream has sent.
 *
 * <p>On it is what a program needs to find its files, its language, its screen, its GPU and its way through a proxy. A
 * proxy variable may carry a password of its own: it is passed on, as downloads inside Unity and Python need it. Unity
 * takes its licence from files, not from variables, so none of its names is here; what one program does need besides
 * goes into its {@link ChildCommand#environment()}.
 */
final class ChildEnvironment {

    private static final Set<String> NAMES = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMPDIR",
            "DISPLAY",
            "XAUTHORITY",
            "LD_LIBRARY_PATH",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY");

    private static final Set<String> PREFIXES = Set.of("LC_", "XDG_", "CUDA_", "NVIDIA_");

    private ChildEnvironment() {}

    /** The allowed part of the service's variables, overridden by the program's own. */
    static Map<String, String> of(Map<String, String> service, Map<String, String> own) {
        Map<String, String> environment = new TreeMap<>();
        service.forEach((name, value) -> {
            if (NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith)) {
                environment.put(name, value);
            }
        });
        environment.putAll(own);
        return environment;
    }
}
