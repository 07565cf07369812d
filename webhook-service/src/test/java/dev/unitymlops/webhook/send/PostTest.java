package dev.unitymlops.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import dev.unitymlops.events.WebhookAnswer;
import dev.unitymlops.events.WebhookMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One attempt against a receiver that writes what it likes. */
@Timeout(300)
class PostTest {

    /** Of those that answer: it only has to be longer than they take on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Clock CLOCK = Clock.systemUTC();

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;

    /** Writes an answer, however long it takes. */
    interface Script {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void hangUp() throws Exception {
        over.countDown();
        server.close();
    }

    @Test
    void anEndlessBodyIsNotRead() throws Exception {
        serve(out -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("4\r\nabcd\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
        assertThat(post("127.0.0.1", "127.0.0.0/8")).isEqualTo(Answer.status(200, null));
    }

    @Test
    void aHeadThatComesDropByDropIsNotWaitedFor() throws Exception {
        serve(out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            do {
                out.write("X-Drop: drop\r\n".getBytes(StandardCharsets.US_ASCII));
            } while (!over.await(50, TimeUnit.MILLISECONDS));
        });
        // the head would not end before the test does
        assertThat(post("127.0.0.1", "127.0.0.0/8", Duration.ofMillis(700)).kind())
                .isEqualTo(WebhookAnswer.NO_ANSWER);
    }

    @Test
    void whatIsNoHttpIsNoAnswer() throws Exception {
        serve(out -> out.write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII)));
        // it is waited for, since a head might still come
        assertThat(post("127.0.0.1", "127.0.0.0/8", Duration.ofMillis(700)).kind())
                .isEqualTo(WebhookAnswer.NO_ANSWER);
    }

    @Test
    void retryAfterIsSecondsOrADate() throws Exception {
        serve(out -> out.write("HTTP/1.1 503 No\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)));
        assertThat(post("127.0.0.1", "127.0.0.0/8")).isEqualTo(Answer.status(503, 120_000L));
        serve(out ->
                out.write("HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)));
        assertThat(post("127.0.0.1", "127.0.0.0/8")).isEqualTo(Answer.status(503, 0L));
    }

    @Test
    void theConnectionGoesToTheAddressThatWasChecked() throws Exception {
        serve(out -> out.write("HTTP/1.1 204 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        List<String> answers = new CopyOnWriteArrayList<>(List.of("127.0.0.1", "10.0.0.1"));
        CheckedAddresses.Lookup rebinding = host -> {
            assertThat(host).isEqualTo("rebinding.example");
            return InetAddress.getAllByName(answers.removeFirst());
        };
        try (Post post = new Post(new Reachable(List.of("127.0.0.1")), rebinding, TIMEOUT, CLOCK)) {
            assertThat(post.post(endpoint("rebinding.example"), message())).isEqualTo(Answer.status(204, null));
            assertThat(requests.take()).contains("Host: rebinding.example:" + server.getLocalPort());
            assertThat(answers).as("one lookup for one attempt").hasSize(1);
            Answer second = post.post(endpoint("rebinding.example"), message());
            assertThat(second.kind()).isEqualTo(WebhookAnswer.REFUSED_HERE);
            assertThat(second.reason()).contains("webhook.allowed-networks").doesNotContain("10.0.0.1");
        }
    }

    @Test
    void noFormOfTheLoopbackAddressIsCalled() throws Exception {
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433")) {
            assertThat(post(host, "10.0.0.0/8").kind()).as(host).isEqualTo(WebhookAnswer.REFUSED_HERE);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void aNameThatNobodyKnowsMayBeKnownTomorrow() {
        CheckedAddresses.Lookup unknown = host -> {
            throw new UnknownHostException(host);
        };
        try (Post post = new Post(new Reachable(List.of()), unknown, TIMEOUT, CLOCK)) {
            assertThat(post.post(endpoint("nowhere.example"), message()))
                    .isEqualTo(Answer.none("the host has no address"));
        }
    }

    private Answer post(String host, String allowed) {
        return post(host, allowed, TIMEOUT);
    }

    private Answer post(String host, String allowed, Duration timeout) {
        try (Post post = new Post(new Reachable(List.of(allowed)), InetAddress::getAllByName, timeout, CLOCK)) {
            return post.post(endpoint(host), message());
        }
    }

    private Endpoint endpoint(String host) {
        URI url = URI.create("http://" + host + ":" + server.getLocalPort() + "/hook?token=t");
        try {
            return Endpoints.named(
                    "studio", url, List.of(new Webhook("whsec_" + "c2VjcmV0IG9mIDI0IGJ5dGVzIG9yIG1vcmUh")));
        } catch (EmptyWebhookSecretException e) {
            throw new AssertionError(e);
        }
    }

    private static WebhookMessage message() {
        return WebhookMessage.newBuilder()
                .setWebhookId("msg_1")
                .setType("job.completed")
                .setWebhookUrl("endpoint:studio")
                .setBody("{\"type\":\"job.completed\"}")
                .setAt(Instant.EPOCH)
                .build();
    }

    /** Answers the next call. */
    private void serve(Script script) {
        Thread.ofPlatform().daemon().start(() -> {
            try (Socket caller = server.accept()) {
                byte[] head = new byte[8_192];
                int read = caller.getInputStream().read(head);
                requests.add(new String(head, 0, read, StandardCharsets.US_ASCII));
                script.answer(caller.getOutputStream());
                caller.getInputStream().read();
            } catch (IOException e) {
                // the caller has gone, as it should
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
