package dev.unitymlops.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;

/** Waits for what a cluster answers, with the same words for one that does not. */
final class KafkaAnswers {
    private KafkaAnswers() {}

    /**
     * @throws Unreachable when no answer comes in time
     * @throws MissingHere when the brokers do not know who asks
     * @throws KafkaException when the answer is an error
     */
    static <T> T get(KafkaFuture<T> future, Duration timeout) throws InterruptedException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable(timeout, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException cause) {
                throw unreachable(timeout, cause);
            }
            if (e.getCause() instanceof AuthenticationException refused) {
                throw new MissingHere("The brokers do not accept this service's credentials: " + refused.getMessage()
                        + "; see that kafka.security.protocol, kafka.sasl.* and kafka.ssl.* are right");
            }
            throw new KafkaException("the cluster refused: " + e.getCause(), e.getCause());
        }
    }

    /** Empty when the answer is the error that was to be expected. */
    static <T> Optional<T> getUnless(Class<? extends Exception> expected, KafkaFuture<T> future, Duration timeout)
            throws InterruptedException {
        try {
            return Optional.ofNullable(get(future, timeout));
        } catch (KafkaException e) {
            if (expected.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Unreachable unreachable(Duration timeout, Exception cause) {
        return new Unreachable(
                "Kafka did not answer within " + timeout.toSeconds()
                        + " s; see that it runs and that bootstrap.servers is right",
                cause);
    }
}
