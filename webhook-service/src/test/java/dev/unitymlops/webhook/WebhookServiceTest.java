package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.SettableClock;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From an event on a real broker to a signed request at a real receiver, and what is told of it. */
@ExtendWith(PlatformExtension.class)
class WebhookServiceTest {

    private static final List<String> JOBS =
            IntStream.range(0, 6).mapToObj(i -> "job-" + i).toList();

    private Installation installation;
    private Receiver receiver;

    @BeforeEach
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        receiver = new Receiver();
        installation = new Installation(platform, folder);
    }

    @AfterEach
    void stop() {
        installation.close();
        receiver.close();
    }

    @Test
    void aRunIsToldFromAcceptedToItsEnd() throws Exception {
        installation.start(Clock.systemUTC());
        String url = receiver.url("/hook");
        installation.send(Topics.JOB_PROGRESS, "job", Events.accepted("job", 1, url));
        installation.send(Topics.JOB_PROGRESS, "job", Events.building("job", 1, url));
        installation.send(Topics.JOB_PROGRESS, "job", Events.progress("job", 1, 2, "building", url));
        installation.awaitQueued("job", "job.started");
        installation.send(Topics.JOB_FAILED, "job", Events.failed("job", 1, FailureCause.INFRASTRUCTURE, url));

        assertThat(installation.awaitDelivered("job", 3))
                .extracting(WebhookDelivery::getType)
                .containsExactly("job.accepted", "job.started", "job.failed");
        assertThat(receiver.of("job"))
                .extracting(Receiver.Received::type)
                .containsSubsequence("job.accepted", "job.started", "job.failed");
        Receiver.Received end = receiver.of("job").getLast();
        assertThat(end.json().path("data").path("error").asText()).contains("out of memory");
        new Webhook(Installation.SECRET).verify(end.body(), end.headers());
    }

    /** SIGKILL: what waits is delivered by another instance, under the same ids and in order. */
    @Test
    void whatWaitsGoesOnElsewhereWhenItsInstanceIsKilled() throws Exception {
        receiver.answers(Receiver.status(503));
        Process doomed = installation.startProcess();
        for (String job : JOBS) {
            String url = receiver.url("/hook");
            installation.send(Topics.JOB_PROGRESS, job, Events.accepted(job, 1, url));
            installation.send(Topics.JOB_PROGRESS, job, Events.building(job, 1, url));
            installation.send(Topics.JOB_FAILED, job, Events.failed(job, 1, FailureCause.LOST_WORKER, url));
        }
        for (String job : JOBS) {
            assertThat(installation.awaitDeliveries(job, "a first attempt for " + job, read -> !read.isEmpty()))
                    .extracting(WebhookDelivery::getOutcome)
                    .containsOnly(DeliveryOutcome.RETRYING);
        }
        List<String> tried = receiver.received().stream()
                .map(Receiver.Received::id)
                .distinct()
                .toList();
        // of some second attempts nobody has decided yet
        await().atMost(Installation.PATIENCE).until(() -> receiver.received().size() > JOBS.size());
        doomed.destroyForcibly().waitFor();

        receiver.answers(Receiver.status(204));
        // whatever was waited for is due by then
        installation.start(SettableClock.at(Clock.systemUTC().instant().plus(Duration.ofDays(1))));
        for (String job : JOBS) {
            assertThat(installation.awaitDelivered(job, 3))
                    .extracting(WebhookDelivery::getType)
                    .containsExactly("job.accepted", "job.started", "job.failed");
        }
        await().atMost(Installation.PATIENCE)
                .until(() -> receiver.received().stream()
                                .map(Receiver.Received::id)
                                .distinct()
                                .count()
                        == 3L * JOBS.size());
        assertThat(receiver.received()).extracting(Receiver.Received::id).containsAll(tried);
    }
}
