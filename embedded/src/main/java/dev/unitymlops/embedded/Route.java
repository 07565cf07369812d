package dev.unitymlops.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What answers a method on a path.
 *
 * @param pattern segments; one that begins with a colon is a variable
 * @param answer gives what is written as JSON
 */
record Route(String method, List<String> pattern, Function<RegistryRequest, Object> answer) {

    static Route of(String method, String pattern, Function<RegistryRequest, Object> answer) {
        return new Route(method, segments(pattern), answer);
    }

    /** The values of the variables when the path fits, whatever the method. */
    Optional<Map<String, String>> match(String rawPath) {
        List<String> actual = segments(rawPath);
        if (actual.size() != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < actual.size(); i++) {
            String expected = pattern.get(i);
            if (expected.startsWith(":")) {
                variables.put(expected.substring(1), decoded(actual.get(i)));
            } else if (!expected.equals(actual.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static String decoded(String segment) {
        // in a path, unlike in a query, a plus sign is itself
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/"));
    }
}
