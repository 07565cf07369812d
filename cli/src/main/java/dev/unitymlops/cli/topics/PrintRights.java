package dev.unitymlops.cli.topics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.platform.Pipeline;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Right;
import dev.unitymlops.runtime.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** Prints what each service must be allowed on a cluster, as commands of Kafka's own tool or as JSON. */
final class PrintRights {
    private static final Map<ResourceType, String> OPTIONS = Map.of(
            ResourceType.TOPIC, "--topic",
            ResourceType.GROUP, "--group",
            ResourceType.TRANSACTIONAL_ID, "--transactional-id");

    private final Say say;
    private final Cluster cluster;
    private final Map<String, ClusterUse> uses = new LinkedHashMap<>();

    PrintRights(Say say, Cluster cluster) {
        this.say = say;
        this.cluster = cluster;
        for (Service<?> service : Pipeline.ALL) {
            uses.put(service.name(), service.use());
        }
        uses.put(PeopleUse.NAME, PeopleUse.USE);
    }

    /** One right, as {@code --json} shows it. */
    record RightRow(String service, String principal, String resource, String pattern, String name, String operation) {}

    /**
     * Prints.
     *
     * @param services null: all
     * @param principals by service; {@code User:} and its name where there is none
     * @throws InvalidSettings when a name is no service's
     */
    void print(@Nullable List<String> services, @Nullable Map<String, String> principals) {
        Map<String, String> named = principals == null ? Map.of() : principals;
        List<String> wanted = services == null || services.isEmpty() ? List.copyOf(uses.keySet()) : services;
        requireKnown("SERVICE", wanted);
        requireKnown("--principal", named.keySet());
        for (String service : wanted) {
            String principal = named.getOrDefault(service, "User:" + service);
            List<Right> rights =
                    uses.getOrDefault(service, ClusterUse.none(service)).rights(cluster.topics());
            if (say.json()) {
                rights.forEach(right -> say.answer(row(service, principal, right), ""));
            } else {
                say.text("# " + service);
                commands(principal, rights).forEach(say::text);
            }
        }
    }

    private void requireKnown(String option, Iterable<String> services) {
        var problems = new ArrayList<InvalidSettings.Problem>();
        for (String service : services) {
            if (!uses.containsKey(service)) {
                problems.add(new InvalidSettings.Problem(
                        option, service, "is no service", "name of these: " + String.join(", ", uses.keySet())));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }

    /** One command for all resources with the same operations. */
    private List<String> commands(String principal, List<Right> rights) {
        Map<Target, List<Right>> byTarget = rights.stream()
                .collect(groupingBy(
                        right -> new Target(right.resource(), right.pattern(), right.name()),
                        LinkedHashMap::new,
                        toList()));
        Map<String, List<String>> namesByRest = new LinkedHashMap<>();
        byTarget.forEach((target, own) -> namesByRest
                .computeIfAbsent(
                        operations(own)
                                + (target.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : ""),
                        rest -> new ArrayList<>())
                .add(OPTIONS.get(target.resource()) + " '" + target.name() + "'"));
        return namesByRest.entrySet().stream()
                .map(entry -> "kafka-acls --bootstrap-server " + cluster.bootstrapServers()
                        + " --add --allow-principal '" + principal + "'" + entry.getKey() + " "
                        + String.join(" ", entry.getValue()))
                .toList();
    }

    private record Target(ResourceType resource, PatternType pattern, String name) {}

    private static String operations(List<Right> rights) {
        return rights.stream()
                .map(right -> " --operation " + right.operationName())
                .collect(joining());
    }

    private static RightRow row(String service, String principal, Right right) {
        return new RightRow(
                service,
                principal,
                right.resource().name(),
                right.pattern().name(),
                right.name(),
                right.operation().name());
    }
}
