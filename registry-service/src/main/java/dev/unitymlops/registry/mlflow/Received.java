package dev.unitymlops.registry.mlflow;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An answer's body on its way into a stream: one buffer in memory, and never more bytes than were said. */
final class Received implements BodySubscriber<Received.Content> {

    private final OutputStream out;
    private final long atMost;
    private final MessageDigest digest = newSha256();
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    /** @param atMost a longer body fails, in bytes */
    Received(OutputStream out, long atMost) {
        this.out = out;
        this.atMost = atMost;
    }

    /** What went through. */
    record Content(String sha256, long sizeBytes) {}

    @Override
    public CompletionStage<Content> getBody() {
        return content;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription from = Objects.requireNonNull(subscription, "no subscription before the first buffers");
        try {
            for (ByteBuffer buffer : buffers) {
                take(buffer);
            }
            from.request(1);
        } catch (IOException e) {
            from.cancel();
            content.completeExceptionally(new UncheckedIOException(e.getMessage(), e));
        }
    }

    private void take(ByteBuffer buffer) throws IOException {
        bytes += buffer.remaining();
        if (bytes > atMost) {
            throw new IOException("the file is longer than " + atMost + " bytes");
        }
        digest.update(buffer.duplicate());
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        out.write(copy);
    }

    @Override
    public void onError(Throwable failure) {
        content.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        content.complete(new Content(HexFormat.of().formatHex(digest.digest()), bytes));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
