package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From an event on a real broker to a signed request at a real receiver, and what is told of it. */
@ExtendWith(PlatformExtension.class)
class WebhookServiceTest {

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
}
