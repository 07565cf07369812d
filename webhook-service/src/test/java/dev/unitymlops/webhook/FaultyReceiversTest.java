package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.events.WebhookAction;
import dev.unitymlops.events.WebhookControl;
import dev.unitymlops.events.WebhookDelivery;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.testkit.PlatformExtension;
import dev.unitymlops.testkit.SettableClock;
import dev.unitymlops.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a receiver does, it gets every message at least once and a job's in their order, or is told to be given up. */
@ExtendWith(PlatformExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyReceiversTest {

    private static final List<String> ALL = List.of("job.accepted", "job.started", "job.failed");

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-21T03:00:00Z"));
    private Installation installation;
    private Receiver receiver;

    @BeforeAll
    void start(TestPlatform platform, @TempDir Path folder) throws Exception {
        installation = new Installation(platform, folder).with("webhook.timeout", "1s");
        installation.start(clock);
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    @BeforeEach
    void listen() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void hangUp() {
        receiver.close();
    }

    @Test
    void oneThatIsDownForADayGetsAllInOrderWhenItIsBack() throws Exception {
        try (Door door = new Door(receiver)) {
            Instant downAt = clock.instant();
            tell("patient", door.url("/hook"));
            tell("other", door.url("/hook"));
            int attempt = 1;
            while (clock.instant().isBefore(downAt.plus(Duration.ofDays(1)))) {
                clock.set(lastAttempt("patient", attempt++).getNextAttemptAt());
            }
            assertThat(receiver.received()).isEmpty();
            door.open();
            // whatever waits is due by then
            clock.advance(Duration.ofHours(24));
            awaitDelivered("patient", 3);
            awaitDelivered("other", 3);
        }
        assertThat(types("patient")).containsExactlyElementsOf(ALL);
        assertThat(types("other")).containsExactlyElementsOf(ALL);
        assertThat(deliveries("patient", 3))
                .filteredOn(it -> it.getOutcome() == DeliveryOutcome.RETRYING)
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(it -> assertThat(it.getType()).isEqualTo("job.accepted"))
                .extracting(WebhookDelivery::getWebhookId)
                .containsOnly(receiver.of("patient").getFirst().id());
    }

    @Test
    void oneThatAnswers500IsAskedAgain() {
        receiver.answers(Receiver.status(500));
        tell("unwell", receiver.url("/hook"));
        assertThat(lastAttempt("unwell", 1))
                .returns(500, WebhookDelivery::getStatus)
                .returns("HTTP status 500", WebhookDelivery::getReason);
        receiver.answers(Receiver.status(200));
        clock.set(lastAttempt("unwell", 1).getNextAttemptAt());
        awaitDelivered("unwell", 3);
        assertThat(types("unwell")).containsExactly("job.accepted", "job.accepted", "job.started", "job.failed");
        assertThat(receiver.of("unwell").subList(0, 2))
                .extracting(Receiver.Received::id, Receiver.Received::body)
                .containsOnly(tuple(
                        receiver.of("unwell").getFirst().id(),
                        receiver.of("unwell").getFirst().body()));
    }

    @Test
    void oneThatAsksForTimeGetsIt() {
        Instant before = clock.instant();
        receiver.answers((request, exchange) -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            exchange.sendResponseHeaders(429, -1);
        });
        tell("busy", receiver.url("/hook"));
        assertThat(lastAttempt("busy", 1).getNextAttemptAt()).isAfterOrEqualTo(before.plusSeconds(3600));
    }

    @Test
    void oneThatHangsIsLeftAfterAWhileAndDelaysNobodyElse() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Receiver other = new Receiver()) {
            receiver.answers((request, exchange) -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < 20; i++) {
                tell("hung-" + i, receiver.url("/hook"));
            }
            tell("prompt", other.url("/hook"));
            await().atMost(Installation.PATIENCE).until(() -> other.of("prompt").size() == 3);
            assertThat(lastAttempt("hung-0", 1))
                    .returns(null, WebhookDelivery::getStatus)
                    .returns("no answer within 1 s", WebhookDelivery::getReason);
        } finally {
            over.countDown();
        }
        receiver.answers(Receiver.status(204));
        clock.set(lastAttempt("hung-0", 1).getNextAttemptAt().plusSeconds(1));
        awaitDelivered("hung-0", 3);
    }

    @Test
    void oneThatSendsElsewhereIsNotFollowed() throws Exception {
        try (Receiver elsewhere = new Receiver()) {
            receiver.answers((request, exchange) -> {
                exchange.getResponseHeaders().add("Location", elsewhere.url("/hook"));
                exchange.sendResponseHeaders(307, -1);
            });
            tell("sent-on", receiver.url("/hook"));
            assertThat(lastAttempt("sent-on", 1)).returns(307, WebhookDelivery::getStatus);
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void oneThatResetsTheConnectionIsAskedAgain() throws Exception {
        try (Door door = new Door(receiver)) {
            tell("reset", door.url("/hook"));
            assertThat(lastAttempt("reset", 1))
                    .returns(null, WebhookDelivery::getStatus)
                    .extracting(WebhookDelivery::getReason)
                    .asString()
                    .contains("reset");
            door.open();
            clock.set(lastAttempt("reset", 1).getNextAttemptAt());
            awaitDelivered("reset", 3);
        }
        assertThat(types("reset")).containsExactlyElementsOf(ALL);
    }

    @Test
    void oneThatSaysNoIsNotAskedTwiceAndTheNextMessageGoesOut() {
        receiver.answers((request, exchange) ->
                exchange.sendResponseHeaders(request.type().equals("job.accepted") ? 400 : 204, -1));
        tell("refused", receiver.url("/hook"));
        assertThat(deliveries("refused", 3))
                .extracting(WebhookDelivery::getOutcome)
                .containsExactly(DeliveryOutcome.GAVE_UP, DeliveryOutcome.DELIVERED, DeliveryOutcome.DELIVERED);
        assertThat(types("refused")).containsExactlyElementsOf(ALL);
    }

    @Test
    void oneThatIsGoneIsDisabledUntilItIsEnabledAndALetterIsReplayed() throws Exception {
        receiver.answers(Receiver.status(410));
        String url = receiver.url("/gone");
        tell("gone", url);
        assertThat(deliveries("gone", 3))
                .extracting(WebhookDelivery::getOutcome)
                .containsOnly(DeliveryOutcome.ENDPOINT_DISABLED);
        assertThat(types("gone")).as("only the first was sent").containsExactly("job.accepted");

        receiver.answers(Receiver.status(204));
        installation.send(
                Topics.WEBHOOK_CONTROL, url, new WebhookControl(url, WebhookAction.ENABLE, "ops", clock.instant()));
        installation.replayDeadLetters("gone");
        await().atMost(Installation.PATIENCE).until(() -> {
            // what comes before the switch in its partition is given up again
            if (types("gone").size() < 4) {
                installation.replayDeadLetters("gone");
            }
            return types("gone").containsAll(ALL) && types("gone").size() >= 4;
        });
        assertThat(receiver.of("gone").stream()
                        .filter(it -> it.type().equals("job.accepted"))
                        .map(Receiver.Received::id))
                .as("under the same id")
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly(receiver.of("gone").getFirst().id());
    }

    private void tell(String jobId, String url) {
        installation.send(Topics.JOB_PROGRESS, jobId, Events.accepted(jobId, 1, url));
        installation.send(Topics.JOB_PROGRESS, jobId, Events.building(jobId, 1, url));
        installation.send(Topics.JOB_FAILED, jobId, Events.failed(jobId, 1, FailureCause.TIMEOUT, url));
    }

    private List<WebhookDelivery> deliveries(String jobId, int ended) {
        return installation.awaitDeliveries(
                jobId,
                ended + " messages of " + jobId + " that are over",
                read -> read.stream()
                                .filter(it -> it.getOutcome() != DeliveryOutcome.RETRYING)
                                .count()
                        >= ended);
    }

    private void awaitDelivered(String jobId, int count) {
        assertThat(deliveries(jobId, count))
                .filteredOn(it -> it.getOutcome() != DeliveryOutcome.RETRYING)
                .extracting(WebhookDelivery::getOutcome)
                .containsOnly(DeliveryOutcome.DELIVERED);
    }

    private WebhookDelivery lastAttempt(String jobId, int attempt) {
        return installation
                .awaitDeliveries(
                        jobId,
                        "attempt " + attempt + " of " + jobId,
                        read -> read.stream().anyMatch(it -> it.getAttempt() == attempt))
                .stream()
                .filter(it -> it.getAttempt() == attempt)
                .findFirst()
                .orElseThrow();
    }

    private List<String> types(String jobId) {
        return receiver.of(jobId).stream().map(Receiver.Received::type).toList();
    }
}
