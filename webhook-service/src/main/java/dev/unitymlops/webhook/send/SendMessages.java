package dev.unitymlops.webhook.send;

import dev.unitymlops.events.WebhookCommand;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookOutcome;
import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.Health;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.OnFatal;
import dev.unitymlops.webhook.queue.Outbox;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, each message on a virtual thread and a bounded number at a time to one endpoint, so that a slow
 * receiver delays nobody else's. Thread-safe.
 */
public final class SendMessages implements Outbox, Component {

    private static final Logger LOG = LoggerFactory.getLogger(SendMessages.class);

    private final SendSettings settings;
    private final KafkaClients clients;
    private final String commands;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> assignments = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile @Nullable Tools tools;

    /** @param assignment of its partition: what was posted under an earlier one is dropped when its turn comes */
    private record UnderWay(Due due, int assignment) {}

    private record Tools(Post post, ReportOutcomes outcomes) {}

    /** @param commands the topic of commands on this cluster, where outcomes go */
    public SendMessages(
            SendSettings settings, KafkaClients clients, String commands, Clock clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.clients = clients;
        this.commands = commands;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return "sender";
    }

    @Override
    public void start(OnFatal onFatal) {
        if (!settings.endpoints().signsPlainUrls()) {
            LOG.info("Messages to URLs of jobs are given up, since webhook.secret is not set; endpoints are served");
        }
        tools = new Tools(
                new Post(settings.reachable(), InetAddress::getAllByName, settings.timeout(), clock),
                new ReportOutcomes(
                        commands, clients.<WebhookCommand>producer("webhook-outcomes", ReportOutcomes.PATIENT)));
    }

    @Override
    public Address address(String webhookUrl) {
        return settings.endpoints().address(webhookUrl);
    }

    @Override
    public boolean post(Due due) {
        Tools with = tools;
        UnderWay posted = new UnderWay(due, assignment(due.partition()));
        if (with == null || stopping || !underWay.add(posted)) {
            return false;
        }
        senders.execute(() -> send(posted, with));
        return true;
    }

    @Override
    public void forget(int partition) {
        assignments.merge(partition, 1, Integer::sum);
    }

    private int assignment(int partition) {
        return assignments.getOrDefault(partition, 0);
    }

    private void send(UnderWay posted, Tools with) {
        Due due = posted.due();
        try {
            WebhookOutcome outcome = inTurn(posted, with.post());
            if (outcome != null) {
                with.outcomes().report(due, outcome);
            }
        } catch (InterruptedException e) {
            // the process ends: whoever has the partition next sends the message again
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException | Error e) {
            LOG.error(
                    "A message was not sent, or its outcome not reported: it is sent again in some minutes"
                            + " webhookId={} attempt={}",
                    due.message().getWebhookId(),
                    due.attempt(),
                    e);
        } finally {
            underWay.remove(posted);
        }
    }

    /** The outcome; null: it is not this instance's to send any more. */
    private @Nullable WebhookOutcome inTurn(UnderWay posted, Post post) throws InterruptedException {
        Due due = posted.due();
        Semaphore turn = turns.computeIfAbsent(
                address(due.message().getWebhookUrl()).endpoint(), ignored -> new Semaphore(settings.atATime(), true));
        turn.acquire();
        try {
            boolean ours = !stopping && posted.assignment() == assignment(due.partition());
            return ours ? outcome(due, post) : null;
        } finally {
            turn.release();
        }
    }

    private WebhookOutcome outcome(Due due, Post post) {
        WebhookMessage message = due.message();
        Address address = address(message.getWebhookUrl());
        long began = nanoTime.getAsLong();
        Answer answer = switch (settings.endpoints().find(message.getWebhookUrl())) {
            case Endpoints.Found.There there -> post.post(there.endpoint(), message);
            case Endpoints.Found.Missing missing -> Answer.refusedHere(missing.reason());
        };
        long took = Duration.ofNanos(nanoTime.getAsLong() - began).toMillis();
        LOG.debug(
                "An attempt ended webhookId={} endpoint={} attempt={} status={} tookMs={}",
                message.getWebhookId(),
                address.endpoint(),
                due.attempt(),
                answer.status(),
                took);
        return WebhookOutcome.newBuilder()
                .setWebhookId(message.getWebhookId())
                .setAttempt(due.attempt())
                .setEndpoint(address.endpoint())
                .setTarget(address.target())
                .setAnswer(answer.kind())
                .setStatus(answer.status())
                .setReason(answer.reason())
                .setRetryAfterMs(answer.retryAfterMillis())
                .setTookMs(took)
                .setAt(clock.instant())
                .build();
    }

    /** Lets attempts that run end and tell how; those that wait are somebody else's. */
    @Override
    public void drain(Duration atMost) throws InterruptedException {
        stopping = true;
        senders.shutdown();
        if (!senders.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Attempts are still under way, they are made again after the next start");
        }
    }

    @Override
    public void close() {
        stopping = true;
        senders.shutdownNow();
        Tools used = tools;
        if (used != null) {
            used.post().close();
            used.outcomes().close();
        }
    }

    @Override
    public Health check() {
        return tools == null ? Health.down("not started") : Health.up();
    }
}
