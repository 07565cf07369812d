package dev.unitymlops.cli.events;

import dev.unitymlops.cli.cluster.Cluster;
import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.runtime.Unreachable;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks a cluster, with the same words for one that does not answer. */
public final class Ask {
    private Ask() {}

    /**
     * The answer to a question.
     *
     * @throws Unreachable when brokers or registry do not answer, or their addresses mean nothing
     * @throws Refused when the brokers do not know who asks, or do not allow it
     */
    public static <T> T kafka(Cluster cluster, Supplier<T> question) {
        try {
            return question.get();
        } catch (TimeoutException e) {
            throw silent(cluster, e);
        } catch (AuthorizationException | AuthenticationException e) {
            throw refused(cluster, e);
        } catch (KafkaException e) {
            if (e.getCause() instanceof ConfigException unusable) {
                throw new Unreachable(
                        "The brokers " + cluster.bootstrapServers() + " cannot be reached: " + unusable.getMessage(),
                        e);
            }
            if (e instanceof SerializationException && e.getCause() instanceof IOException) {
                throw new Unreachable(
                        "The schema registry at " + cluster.clients().settings().shownRegistryUrl()
                                + " does not answer: " + e.getCause().getMessage(),
                        e);
            }
            throw e;
        }
    }

    /**
     * Waits for the broker to take a record.
     *
     * @throws Unreachable when it does not acknowledge in time
     */
    public static <T> T acknowledged(Cluster cluster, Future<T> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw silent(cluster, timeout);
            }
            if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof AuthenticationException) {
                throw refused(cluster, e.getCause());
            }
            throw new KafkaException("the record was not written: " + e.getCause(), e.getCause());
        }
    }

    private static Refused refused(Cluster cluster, Throwable reason) {
        return new Refused("The brokers at " + cluster.bootstrapServers() + " do not allow it: " + reason.getMessage()
                + (reason instanceof AuthenticationException
                        ? "; see that --kafka-config says who you are to them."
                        : "; `mlops topics acls mlops` prints the commands with which an admin does."));
    }

    static Unreachable silent(Cluster cluster, @Nullable Throwable cause) {
        return new Unreachable(
                "The brokers at " + cluster.bootstrapServers()
                        + " do not answer; see that they run and that the address is right.",
                cause);
    }
}
