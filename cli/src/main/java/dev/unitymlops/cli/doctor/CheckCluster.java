package dev.unitymlops.cli.doctor;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.cluster.ConnectionFile;
import dev.unitymlops.cli.cluster.FindCluster;
import dev.unitymlops.cli.events.Ask;
import dev.unitymlops.runtime.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.Admin;

/** Whether the cluster that commands would use here answers. */
final class CheckCluster {
    private static final String BROKERS = "brokers";
    private static final String REGISTRY = "schema-registry";
    private static final String ANSWER = "an answer within " + FindCluster.PATIENCE.toSeconds() + " s";

    private final FindCluster find;

    CheckCluster(FindCluster find) {
        this.find = find;
    }

    /** Named ones have to answer; `mlops run` needs none. */
    List<Finding> findings() throws IOException, InterruptedException {
        Cluster cluster;
        try {
            cluster = find.find();
        } catch (Unreachable e) {
            return List.of(none(e));
        }
        return List.of(brokers(cluster), registry(cluster.clients().settings().registryUrl()));
    }

    private Finding none(Unreachable reason) throws IOException {
        String expected = "none needed: `mlops run` brings its own";
        try {
            new ConnectionFile(find.options().dataDir()).read();
            return Finding.good("cluster", false, "none named, and no `mlops up` runs here", expected);
        } catch (Unreachable stale) {
            return Finding.bad("cluster", false, "a platform that has died", expected, "" + reason.getMessage());
        }
    }

    private static Finding brokers(Cluster cluster) throws InterruptedException {
        String remedy = "see that they run and that the address is right";
        try {
            Admin admin = Ask.kafka(cluster, () -> cluster.clients().admin("mlops"));
            try {
                int brokers = admin.describeCluster()
                        .nodes()
                        .get(FindCluster.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .size();
                return Finding.good(BROKERS, true, brokers + " at " + cluster.bootstrapServers(), ANSWER);
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (Unreachable e) {
            return Finding.bad(BROKERS, true, "" + e.getMessage(), ANSWER, remedy);
        } catch (TimeoutException e) {
            return Finding.bad(BROKERS, true, "no answer from " + cluster.bootstrapServers(), ANSWER, remedy);
        } catch (ExecutionException e) {
            String found = cluster.bootstrapServers() + ": " + e.getCause();
            return Finding.bad(BROKERS, true, found, ANSWER, remedy);
        }
    }

    /** The first address. Passwords and certificates are the registry client's business: any answer will do. */
    private static Finding registry(String urls) throws InterruptedException {
        String url = urls.split(",", 2)[0].strip();
        String shown = url.replaceFirst("//[^/@]*@", "//");
        String remedy = "see that it runs and that the address is right";
        try (var client =
                HttpClient.newBuilder().connectTimeout(FindCluster.PATIENCE).build()) {
            var request = HttpRequest.newBuilder(URI.create(url + "/subjects"))
                    .timeout(FindCluster.PATIENCE)
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return Finding.good(REGISTRY, true, shown + " answers with HTTP " + status, ANSWER);
        } catch (SSLException e) {
            return Finding.good(REGISTRY, true, shown + " speaks TLS; its certificate is not judged here", ANSWER);
        } catch (IOException e) {
            return Finding.bad(REGISTRY, true, shown + " does not answer: " + e, ANSWER, remedy);
        } catch (IllegalArgumentException e) {
            return Finding.bad(REGISTRY, true, shown + " is no URL", ANSWER, remedy);
        }
    }
}
