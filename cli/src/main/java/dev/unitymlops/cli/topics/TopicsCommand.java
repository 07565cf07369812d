package dev.unitymlops.cli.topics;

import static java.util.stream.Collectors.toMap;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.Ask;
import dev.unitymlops.cli.platform.Pipeline;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.runtime.ClusterUse;
import dev.unitymlops.runtime.ExitCode;
import dev.unitymlops.runtime.RegisterSchemas;
import dev.unitymlops.runtime.TopicCreator;
import dev.unitymlops.runtime.TopicPlan;
import dev.unitymlops.schemas.TopicSpec;
import dev.unitymlops.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlops topics}. */
@Command(
        name = "topics",
        description = "Compare a cluster's topics and their schemas with what the services need, and create them.")
public final class TopicsCommand {
    /** Those of the contract, and what the services' stores are kept in. */
    static final List<TopicSpec> ALL = ClusterUse.each(Stream.concat(
            Topics.allWithDeadLetters().stream(),
            Pipeline.ALL.stream().flatMap(service -> service.use().topics().stream())));

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Say say;
    private final FindCluster find;

    public TopicsCommand(Say say, FindCluster find) {
        this.say = say;
        this.find = find;
    }

    @Command(
            name = "plan",
            description = "Show what is missing or different; change nothing. Exit code 3 when something is.")
    int plan(@Mixin TopicOptions options) throws IOException, InterruptedException {
        List<DifferenceRow> rows = compare(options, false);
        show(rows, "Nothing would be done: all " + count() + " topics are there as declared, with their schemas.");
        return (rows.isEmpty() ? ExitCode.DONE : ExitCode.MISSING).code();
    }

    @Command(
            name = "apply",
            description = "Create what is missing, set what is different and register the values' schemas."
                    + " Exit code 3 when a difference is left that cannot be taken away.")
    int apply(@Mixin TopicOptions options) throws IOException, InterruptedException {
        List<DifferenceRow> rows = compare(options, true);
        show(rows, "Nothing was to be done: all " + count() + " topics are there as declared, with their schemas.");
        return (rows.stream().allMatch(DifferenceRow::applied) ? ExitCode.DONE : ExitCode.MISSING).code();
    }

    @Command(
            name = "acls",
            description =
                    "Print the commands that allow each service, and people at this command line, exactly what they"
                            + " must do on a cluster with an authorizer. With --json one right a line.")
    int acls(
            @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Of these only; mlops: people.")
                    List<String> services,
            @Option(
                            names = "--principal",
                            paramLabel = "SERVICE=NAME",
                            description = "As whom a service logs in, such as User:CN=build. Default: User:SERVICE.")
                    Map<String, String> principals)
            throws IOException {
        Cluster cluster = find.find();
        new PrintRights(say, cluster).print(services, principals);
        return ExitCode.DONE.code();
    }

    /** What differs; with {@code apply} exactly that has been created and set when it returns. */
    private List<DifferenceRow> compare(TopicOptions options, boolean apply) throws IOException, InterruptedException {
        Cluster cluster = find.find();
        var rows = new ArrayList<>(compareTopics(cluster, options, apply));
        rows.addAll(compareSchemas(cluster, apply));
        return rows;
    }

    private static List<DifferenceRow> compareTopics(Cluster cluster, TopicOptions options, boolean apply)
            throws InterruptedException {
        Admin admin = Ask.kafka(cluster, () -> cluster.clients().admin("mlops"));
        try {
            var creator = new TopicCreator(admin, options.on(cluster), FindCluster.PATIENCE);
            TopicPlan plan = creator.plan(ALL);
            if (apply) {
                creator.apply(plan);
                awaitApplied(creator);
            }
            return plan.differences().stream()
                    .map(difference -> DifferenceRow.of(difference, apply))
                    .toList();
        } catch (KafkaException e) {
            // Not allowed, too few brokers for the replicas, a policy of the cluster's: the message says which.
            throw new Refused(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        } finally {
            // A plain close waits for requests to brokers that do not answer.
            admin.close(Duration.ZERO);
        }
    }

    /** What a service's start would do, before any service starts, so that ours is the first schema of every subject. */
    private static List<DifferenceRow> compareSchemas(Cluster cluster, boolean apply) throws InterruptedException {
        var schemas = new RegisterSchemas(cluster.clients(), cluster.topics());
        List<RegisterSchemas.Refusal> lacking = schemas.lookUp(ALL);
        Map<String, RegisterSchemas.Refusal> refused = apply
                ? schemas.register(ALL).stream().collect(toMap(RegisterSchemas.Refusal::topic, it -> it))
                : Map.of();
        return lacking.stream()
                .map(it -> DifferenceRow.of(
                        refused.getOrDefault(it.topic(), it), apply && !refused.containsKey(it.topic())))
                .toList();
    }

    /** Brokers learn of settings a moment after the controller has taken them. */
    private static void awaitApplied(TopicCreator creator) throws InterruptedException {
        long deadline = System.nanoTime() + FindCluster.PATIENCE.toNanos();
        while (!creator.plan(ALL).applied()) {
            if (System.nanoTime() > deadline) {
                throw new Refused("The cluster took the changes, but does not show them; see `mlops topics plan`.");
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
    }

    private void show(List<DifferenceRow> rows, String nothing) {
        rows.forEach(row -> say.answer(row, row.text()));
        if (rows.isEmpty()) {
            say.text(nothing);
        }
    }

    private static int count() {
        return ALL.size();
    }
}
