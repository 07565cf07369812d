package dev.unitymlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
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
        installation = new Installation(platform, folder).with("webhook.timeout", "5s");
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
            List<WebhookDelivery> failed = attempts(
                    "patient", "attempts of a day", read -> clock.instant().isAfter(downAt.plus(Duration.ofDays(1))));
            assertThat(receiver.received()).isEmpty();
            assertThat(failed)
                    .hasSizeGreaterThanOrEqualTo(7)
                    .allSatisfy(it -> assertThat(it.getType()).isEqualTo("job.accepted"))
                    .extracting(WebhookDelivery::getOutcome)
                    .containsOnly(DeliveryOutcome.RETRYING);
            door.open();
            awaitDelivered("patient", 3);
            awaitDelivered("other", 3);
            assertThat(failed)
                    .extracting(WebhookDelivery::getWebhookId)
                    .containsOnly(receiver.of("patient").getFirst().id());
        }
        assertThat(types("patient")).containsExactlyElementsOf(ALL);
        assertThat(types("other")).containsExactlyElementsOf(ALL);
    }

    @Test
    void oneThatAnswers500IsAskedAgain() {
        receiver.answers(Receiver.status(500));
        tell("unwell", receiver.url("/hook"));
        assertThat(answered("unwell", 500)).returns("HTTP status 500", WebhookDelivery::getReason);
        receiver.answers(Receiver.status(200));
        awaitDelivered("unwell", 3);
        assertThat(types("unwell")).containsExactlyElementsOf(ALL);
        Receiver.Received first = receiver.of("unwell").getFirst();
        assertThat(receiver.of("unwell"))
                .filteredOn(it -> it.type().equals("job.accepted"))
                .hasSizeGreaterThanOrEqualTo(2)
                .extracting(Receiver.Received::id, Receiver.Received::body)
                .containsOnly(tuple(first.id(), first.body()));
    }

    @Test
    void oneThatAsksForTimeGetsIt() {
        Instant before = clock.instant();
        receiver.answers((request, exchange) -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            exchange.sendResponseHeaders(429, -1);
        });
        tell("busy", receiver.url("/hook"));
        assertThat(answered("busy", 429).getNextAttemptAt()).isAfterOrEqualTo(before.plusSeconds(3600));
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
                tellAtOnce("hung-" + i, receiver.url("/hook"));
            }
            tell("prompt", other.url("/hook"));
            awaitDelivered("prompt", 3);
            assertThat(attempts("hung-0", "an attempt of hung-0", read -> !read.isEmpty())
                            .getFirst())
                    .returns(null, WebhookDelivery::getStatus)
                    .returns("no answer within 5 s", WebhookDelivery::getReason);
        } finally {
            over.countDown();
        }
        receiver.answers(Receiver.status(204));
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
            answered("sent-on", 307);
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void oneThatResetsTheConnectionIsAskedAgain() throws Exception {
        try (Door door = new Door(receiver)) {
            tell("reset", door.url("/hook"));
            attempts(
                    "reset",
                    "an attempt that was reset",
                    read -> read.stream()
                            .anyMatch(it ->
                                    it.getStatus() == null && it.getReason().contains("reset")));
            door.open();
            awaitDelivered("reset", 3);
        }
        assertThat(types("reset")).containsExactlyElementsOf(ALL);
    }

    @Test
    void oneThatSaysNoIsNotAskedTwiceAndTheNextMessageGoesOut() {
        receiver.answers((request, exchange) ->
                exchange.sendResponseHeaders(request.type().equals("job.accepted") ? 400 : 204, -1));
        tell("refused", receiver.url("/hook"));
        assertThat(over("refused", 3))
                .extracting(WebhookDelivery::getOutcome)
                .containsExactly(DeliveryOutcome.GAVE_UP, DeliveryOutcome.DELIVERED, DeliveryOutcome.DELIVERED);
        assertThat(types("refused")).containsExactlyElementsOf(ALL);
    }

    @Test
    void oneThatIsGoneIsDisabledUntilItIsEnabledAndALetterIsReplayed() throws Exception {
        receiver.answers(Receiver.status(410));
        String url = receiver.url("/gone");
        tell("gone", url);
        assertThat(over("gone", 3))
                .extracting(WebhookDelivery::getOutcome)
                .containsOnly(DeliveryOutcome.ENDPOINT_DISABLED);
        assertThat(types("gone")).as("only the first was sent").containsExactly("job.accepted");

        receiver.answers(Receiver.status(204));
        installation.send(
                Topics.WEBHOOK_CONTROL, url, new WebhookControl(url, WebhookAction.ENABLE, "ops", clock.instant()));
        installation.replayDeadLetters("gone");
        attempts("gone", "all at the receiver", read -> {
            boolean all = types("gone").containsAll(ALL) && receiver.of("gone").size() >= 4;
            if (!all) {
                // what comes before the switch in its partition is given up again
                installation.replayDeadLetters("gone");
            }
            return all;
        });
        assertThat(receiver.of("gone").stream()
                        .filter(it -> it.type().equals("job.accepted"))
                        .map(Receiver.Received::id))
                .as("under the same id")
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly(receiver.of("gone").getFirst().id());
    }

    private void tell(String jobId, String url) {
        installation.tellRun(jobId, url, FailureCause.TIMEOUT);
    }

    /** Its start and end may be read in any order while its first message waits. */
    private void tellAtOnce(String jobId, String url) {
        installation.send(Topics.JOB_PROGRESS, jobId, Events.accepted(jobId, 1, url));
        installation.send(Topics.JOB_PROGRESS, jobId, Events.building(jobId, 1, url));
        installation.send(Topics.JOB_FAILED, jobId, Events.failed(jobId, 1, FailureCause.TIMEOUT, url));
    }

    /** Waits, while the clock goes on to the job's next attempts. */
    private List<WebhookDelivery> attempts(String jobId, String what, Predicate<List<WebhookDelivery>> condition) {
        return installation.awaitDeliveries(jobId, what, condition);
    }

    /** The first attempt that was answered so. */
    private WebhookDelivery answered(String jobId, int status) {
        Predicate<WebhookDelivery> so = it -> Integer.valueOf(status).equals(it.getStatus());
        return attempts(
                        jobId,
                        "an attempt of " + jobId + " with " + status,
                        read -> read.stream().anyMatch(so))
                .stream()
                .filter(so)
                .findFirst()
                .orElseThrow();
    }

    /** The last attempts of messages. */
    private List<WebhookDelivery> over(String jobId, int count) {
        return last(attempts(
                jobId,
                count + " messages of " + jobId + " that are over",
                read -> last(read).size() >= count));
    }

    private static List<WebhookDelivery> last(List<WebhookDelivery> attempts) {
        return attempts.stream()
                .filter(it -> it.getOutcome() != DeliveryOutcome.RETRYING)
                .toList();
    }

    private void awaitDelivered(String jobId, int count) {
        assertThat(over(jobId, count)).extracting(WebhookDelivery::getOutcome).containsOnly(DeliveryOutcome.DELIVERED);
    }

    /** As they came; one that came more than once in a row is told once. */
    private List<String> types(String jobId) {
        List<String> types = new ArrayList<>();
        for (Receiver.Received received : receiver.of(jobId)) {
            if (types.isEmpty() || !types.getLast().equals(received.type())) {
                types.add(received.type());
            }
        }
        return types;
    }
}
