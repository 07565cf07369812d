package dev.unitymlops.webhook.queue;

import dev.unitymlops.events.PendingDelivery;
import dev.unitymlops.events.WebhookMessage;
import dev.unitymlops.events.WebhookState;
import dev.unitymlops.webhook.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is still to be told of a job or schedule, and what was.
 *
 * @param run latest run of the job; 0 for a schedule
 * @param types told, or waiting, of that run
 * @param waiting in their order; only the first is under way
 * @param touchedAt when this last changed, milliseconds since the epoch
 */
record Told(int run, Set<String> types, List<Waiting> waiting, long touchedAt) {

    static final Told NOTHING = new Told(0, Set.of(), List.of(), 0);

    Told {
        types = Set.copyOf(types);
        waiting = List.copyOf(waiting);
    }

    boolean ended() {
        return types.stream().anyMatch(MessageType::endsRun);
    }

    /** Whether the outcome of this attempt is the next to come. */
    boolean awaits(String webhookId, int attempt) {
        return !waiting.isEmpty()
                && waiting.getFirst().id().equals(webhookId)
                && waiting.getFirst().attempts() + 1 == attempt;
    }

    boolean waits(String webhookId) {
        return waiting.stream().anyMatch(it -> it.id().equals(webhookId));
    }

    /** Whether the end of the message's run was delivered, or is the first to be: then it comes too late. */
    boolean over(WebhookMessage message) {
        return ended() && Objects.equals(message.getRun(), run) && end(message) <= 0;
    }

    /** Where the end of the message's run waits; -1: nowhere, or the message is itself one. */
    private int end(WebhookMessage message) {
        for (int i = 0; i < waiting.size() && !MessageType.endsRun(message.getType()); i++) {
            WebhookMessage other = waiting.get(i).message();
            if (MessageType.endsRun(other.getType()) && Objects.equals(other.getRun(), message.getRun())) {
                return i;
            }
        }
        return -1;
    }

    /** With a message at the end; one that comes after the end of its run, which still waits its turn, goes before it. */
    Told and(WebhookMessage message, long offset, long now) {
        List<Waiting> all = new ArrayList<>(waiting);
        int place = end(message);
        all.add(place <= 0 ? all.size() : place, new Waiting(message, 0, now, offset));
        Told known = knowing(message, now);
        return new Told(known.run, known.types, all, now);
    }

    /** As if the message had been told. */
    Told knowing(WebhookMessage message, long now) {
        Integer its = message.getRun();
        int latest = its == null ? run : Math.max(run, its);
        Set<String> known = new LinkedHashSet<>(latest == run ? types : Set.of());
        if (its != null && its == latest) {
            known.add(message.getType());
        }
        return new Told(latest, known, waiting, now);
    }

    /** Bytes of bodies and URLs, if it waited too. */
    long bytesWith(WebhookMessage message) {
        return bytes(message)
                + waiting.stream().map(Waiting::message).mapToLong(Told::bytes).sum();
    }

    private static int bytes(WebhookMessage message) {
        return message.getBody().getBytes(StandardCharsets.UTF_8).length
                + message.getWebhookUrl().getBytes(StandardCharsets.UTF_8).length;
    }

    Told firstAgain(long at, long now) {
        List<Waiting> all = new ArrayList<>(waiting);
        all.set(0, all.getFirst().again(at));
        return new Told(run, types, all, now);
    }

    Told withoutFirst(long now) {
        return new Told(run, types, waiting.subList(1, waiting.size()), now);
    }

    WebhookState record() {
        return WebhookState.newBuilder()
                .setRun(run)
                .setTold(types.stream().sorted().toList())
                .setPending(waiting.stream()
                        .map(it -> new PendingDelivery(
                                it.message(), it.attempts(), Instant.ofEpochMilli(it.dueAt()), it.offset()))
                        .toList())
                .setTouchedAt(Instant.ofEpochMilli(touchedAt))
                .build();
    }

    static Told read(WebhookState state) {
        return new Told(
                state.getRun(),
                Set.copyOf(state.getTold()),
                state.getPending().stream()
                        .map(it -> new Waiting(
                                it.getMessage(), it.getAttempts(), it.getDueAt().toEpochMilli(), it.getOffset()))
                        .toList(),
                state.getTouchedAt().toEpochMilli());
    }
}
