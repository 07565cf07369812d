package dev.unitymlops.webhook.queue;

import static dev.unitymlops.webhook.queue.Messages.NOW;
import static dev.unitymlops.webhook.queue.Messages.answered;
import static dev.unitymlops.webhook.queue.Messages.message;
import static dev.unitymlops.webhook.queue.Messages.outcome;
import static dev.unitymlops.webhook.queue.Messages.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.events.DeliveryOutcome;
import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecideTest {

    private static final WebhookMessage ACCEPTED = message("job.accepted", 1);
    private static final WebhookMessage STARTED = message("job.started", 1);
    private static final WebhookMessage COMPLETED = message("job.completed", 1);

    private Told told = Told.NOTHING;

    @Test
    void messagesWaitInTheirOrder() {
        queue(ACCEPTED);
        queue(STARTED);
        assertThat(told.waiting()).extracting(Waiting::message).containsExactly(ACCEPTED, STARTED);
        assertThat(told.waiting()).extracting(Waiting::dueAt).containsOnly(NOW);
    }

    @Test
    void aRunIsAcceptedAndStartedOnce() {
        queue(ACCEPTED);
        queue(ACCEPTED);
        assertThat(told.waiting()).hasSize(1);
        end(answered(ACCEPTED, 1, 200));
        queue(ACCEPTED);
        assertThat(told.waiting()).as("also when it was delivered").isEmpty();
    }

    @Test
    void theNextRunIsToldAnew() {
        queue(ACCEPTED);
        queue(message("job.failed", 1));
        queue(message("job.accepted", 2));
        assertThat(told.run()).isEqualTo(2);
        assertThat(told.waiting()).hasSize(3);
    }

    @Test
    void aRunThatIsOverDoesNotStart() {
        queue(COMPLETED);
        queue(STARTED);
        assertThat(told.waiting()).extracting(Waiting::message).containsExactly(COMPLETED);
    }

    @Test
    void aStartThatComesLateGoesBeforeTheEndThatWaits() {
        queue(ACCEPTED);
        queue(COMPLETED);
        queue(STARTED);
        assertThat(told.waiting()).extracting(Waiting::message).containsExactly(ACCEPTED, STARTED, COMPLETED);
    }

    @Test
    void whatIsReplayedIsToldAgain() {
        queue(COMPLETED);
        end(answered(COMPLETED, 1, 400));
        queue(replayed(COMPLETED));
        queue(replayed(COMPLETED));
        assertThat(told.waiting()).hasSize(1);
        assertThat(told.waiting().getFirst().id()).isEqualTo(COMPLETED.getWebhookId());
    }

    @Test
    void everyTickOfAScheduleIsTold() {
        WebhookMessage one = WebhookMessage.newBuilder(message("schedule.tick_skipped", 1))
                .setRun(null)
                .setWebhookId("msg_1")
                .build();
        queue(one);
        queue(WebhookMessage.newBuilder(one).setWebhookId("msg_2").build());
        assertThat(told.waiting()).hasSize(2);
        assertThat(told.types()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyAnswerOf2xxIsADelivery(int status) {
        queue(ACCEPTED);
        queue(STARTED);
        assertThat(outcomeOf(end(answered(ACCEPTED, 1, status)))).isEqualTo(DeliveryOutcome.DELIVERED);
        assertThat(told.waiting()).extracting(Waiting::message).containsExactly(STARTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 408, 409, 425, 429, 500, 503, 599})
    void whatMayPassIsTriedAgain(int status) {
        queue(ACCEPTED);
        queue(STARTED);
        List<Output> outputs = end(answered(ACCEPTED, 1, status));
        assertThat(outcomeOf(outputs)).isEqualTo(DeliveryOutcome.RETRYING);
        Waiting first = told.waiting().getFirst();
        assertThat(first.message()).isEqualTo(ACCEPTED);
        assertThat(first.dueAt()).isBetween(NOW + 5_000, NOW + 5_500);
        assertThat(((Output.Attempted) outputs.getFirst()).event().getNextAttemptAt())
                .isEqualTo(Instant.ofEpochMilli(first.dueAt()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 413, 422, 451})
    void whatWillNotPassIsGivenUp(int status) {
        queue(ACCEPTED);
        List<Output> outputs = end(answered(ACCEPTED, 1, status));
        assertThat(outcomeOf(outputs)).isEqualTo(DeliveryOutcome.GAVE_UP);
        assertThat(outputs).hasSize(2);
        Output.GivenUp letter = (Output.GivenUp) outputs.getLast();
        assertThat(letter.again()).isEqualTo(replayed(ACCEPTED));
        assertThat(letter.offset()).isEqualTo(17);
        assertThat(letter.reason()).isEqualTo("HTTP status " + status);
        assertThat(told.waiting()).isEmpty();
    }

    @Test
    void goneDisablesTheEndpoint() {
        queue(ACCEPTED);
        List<Output> outputs = end(answered(ACCEPTED, 1, 410));
        assertThat(outcomeOf(outputs)).isEqualTo(DeliveryOutcome.ENDPOINT_DISABLED);
        assertThat(outputs)
                .filteredOn(Output.Switched.class::isInstance)
                .singleElement()
                .satisfies(it -> assertThat(((Output.Switched) it).endpoint().getTarget())
                        .isEqualTo("https://example.com/hook"));
    }

    @Test
    void anEndpointThatIsDisabledAlreadyIsNotDisabledAgain() {
        queue(ACCEPTED);
        List<Output> outputs = end(outcome(ACCEPTED, 1, WebhookAnswer.DISABLED).build());
        assertThat(outcomeOf(outputs)).isEqualTo(DeliveryOutcome.ENDPOINT_DISABLED);
        assertThat(outputs).noneMatch(Output.Switched.class::isInstance);
    }

    @Test
    void itIsTriedForThreeDaysAndThenGivenUp() {
        queue(ACCEPTED);
        long now = NOW;
        List<Duration> waits = new ArrayList<>();
        for (int attempt = 1; attempt < 10; attempt++) {
            Decision decision = Decide.outcome(
                    told, outcome(ACCEPTED, attempt, WebhookAnswer.NO_ANSWER).build(), now);
            told = decision.next();
            assertThat(outcomeOf(decision.outputs())).isEqualTo(DeliveryOutcome.RETRYING);
            waits.add(Duration.ofMillis(told.waiting().getFirst().dueAt() - now));
            now = told.waiting().getFirst().dueAt();
        }
        assertThat(Duration.ofMillis(now - NOW)).isBetween(Duration.ofHours(75), Duration.ofHours(84));
        assertThat(waits).isSorted();
        Decision last = Decide.outcome(
                told, outcome(ACCEPTED, 10, WebhookAnswer.NO_ANSWER).build(), now);
        assertThat(outcomeOf(last.outputs())).isEqualTo(DeliveryOutcome.GAVE_UP);
        assertThat(last.next().waiting()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3600000, 3600000", "1000, 5000", "999999999999, 86400000"})
    void aReceiverMayAskForMoreTimeButNotForEver(long asked, long least) {
        queue(ACCEPTED);
        end(outcome(ACCEPTED, 1, WebhookAnswer.STATUS)
                .setStatus(503)
                .setRetryAfterMs(asked)
                .build());
        assertThat(told.waiting().getFirst().dueAt()).isBetween(NOW + least, NOW + least + 500);
    }

    @Test
    void anOutcomeOfYesterdayChangesNothing() {
        assertThat(end(answered(ACCEPTED, 1, 200))).isEmpty();
        queue(ACCEPTED);
        end(answered(ACCEPTED, 1, 500));
        Told before = told;
        assertThat(end(answered(ACCEPTED, 1, 200))).as("the first attempt's").isEmpty();
        assertThat(end(answered(STARTED, 2, 200))).as("another message's").isEmpty();
        assertThat(told).isEqualTo(before);
    }

    @Test
    void whatComesLateOfAnOlderRunIsNotToldExceptItsEnd() {
        queue(message("job.accepted", 2));
        queue(STARTED);
        queue(ACCEPTED);
        assertThat(told.waiting()).hasSize(1);
        queue(replayed(STARTED));
        queue(COMPLETED);
        assertThat(told.waiting()).extracting(Waiting::message).contains(replayed(STARTED), COMPLETED);
        assertThat(told.run()).isEqualTo(2);
    }

    @Test
    void whereTooManyWaitTheNextIsGivenUpAtOnce() {
        for (int run = 1; run <= 256; run++) {
            queue(message("job.failed", run));
        }
        WebhookMessage next = message("job.failed", 257);
        assertGivenUpAtOnce(next);
        assertThat(decide(next).outputs()).as("it is told once").isEmpty();
        end(answered(message("job.failed", 1), 1, 200));
        queue(replayed(next));
        assertThat(told.waiting())
                .hasSize(256)
                .last()
                .extracting(Waiting::message)
                .isEqualTo(replayed(next));
    }

    @Test
    void whatWaitsFitsIntoARecord() {
        String large = "ü".repeat(20 * 1024);
        for (int run = 1; run <= 12; run++) {
            queue(WebhookMessage.newBuilder(message("job.failed", run))
                    .setBody(large)
                    .build());
        }
        assertThat(told.waiting()).hasSize(12);
        assertGivenUpAtOnce(WebhookMessage.newBuilder(message("job.failed", 13))
                .setBody(large)
                .build());
        queue(message("job.failed", 14));
        assertThat(told.waiting()).as("a small one still fits").hasSize(13);
    }

    private void assertGivenUpAtOnce(WebhookMessage message) {
        List<Waiting> before = told.waiting();
        Decision decision = decide(message);
        told = decision.next();
        assertThat(told.waiting()).isEqualTo(before);
        assertThat(outcomeOf(decision.outputs())).isEqualTo(DeliveryOutcome.GAVE_UP);
        Output.GivenUp letter = (Output.GivenUp) decision.outputs().getLast();
        assertThat(letter.again()).isEqualTo(replayed(message));
        assertThat(letter.reason()).contains("too many messages");
    }

    @Test
    void theStateSurvivesItsRecord() {
        queue(ACCEPTED);
        queue(STARTED);
        end(answered(ACCEPTED, 1, 500));
        assertThat(Told.read(told.record())).isEqualTo(told);
    }

    private void queue(WebhookMessage message) {
        told = decide(message).next();
    }

    private Decision decide(WebhookMessage message) {
        return Decide.message(told, message, 17, new Outbox.Address("example.com", message.getWebhookUrl()), NOW);
    }

    private List<Output> end(dev.unitymlops.events.WebhookOutcome outcome) {
        Decision decision = Decide.outcome(told, outcome, NOW);
        told = decision.next();
        return decision.outputs();
    }

    private static DeliveryOutcome outcomeOf(List<Output> outputs) {
        return ((Output.Attempted) outputs.getFirst()).event().getOutcome();
    }
}
