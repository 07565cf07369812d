package dev.unitymlops.registry.mlflow;

import dev.unitymlops.registry.registration.Legal;
import dev.unitymlops.registry.registration.ParentModel;
import dev.unitymlops.stage.StageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The artifacts of a run, by way of the tracking server. Files are streamed, never held in memory. Thread-safe. */
final class RunFolder {

    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final long LARGEST_NOTE = 4 << 20;

    private final MlflowCalls calls;
    private final MlflowHttp http;
    private final Duration timeout;
    private final String path;

    /** @param path of the folder, as the proxy knows it */
    RunFolder(MlflowCalls calls, Duration timeout, String path) {
        this.calls = calls;
        this.http = calls.http();
        this.timeout = timeout;
        this.path = PROXY + path;
    }

    static String modelFile(ParentModel parent) {
        return Legal.fileName(parent.behavior()) + ".onnx";
    }

    /** Puts the file there unless the same one is there already. */
    void put(Path file, String name, String sha256) throws StageFailure, IOException, InterruptedException {
        Optional<Received.Content> there = read(name, OutputStream::nullOutputStream, Long.MAX_VALUE);
        if (there.isEmpty() || !there.get().sha256().equals(sha256)) {
            put(BodyPublishers.ofFile(file), name);
        }
    }

    /** Puts a small file there, in place of an earlier one. */
    void put(byte[] content, String name) throws StageFailure, IOException, InterruptedException {
        put(BodyPublishers.ofByteArray(content), name);
    }

    private void put(BodyPublisher content, String name) throws StageFailure, IOException, InterruptedException {
        String unused = calls.patiently("take the file " + name, () -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(http.uri(path + "/" + name, Map.of()))
                    .header("Content-Type", "application/octet-stream")
                    .PUT(content);
            return http.text(request, timeout);
        });
    }

    /** A small file; empty when it is not there. */
    Optional<byte[]> note(String name) throws StageFailure, IOException, InterruptedException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Sink sink = () -> {
            content.reset();
            return content;
        };
        return read(name, sink, LARGEST_NOTE).map(received -> content.toByteArray());
    }

    /**
     * Writes the file to the local disk; empty when it is not there.
     *
     * @param atMost bytes; a longer one is an error
     */
    Optional<Received.Content> fetch(String name, Path to, long atMost)
            throws StageFailure, IOException, InterruptedException {
        return read(name, () -> Files.newOutputStream(to), atMost);
    }

    /** Opened anew for each try. */
    private interface Sink {
        OutputStream open() throws IOException;
    }

    private Optional<Received.Content> read(String name, Sink sink, long atMost)
            throws StageFailure, IOException, InterruptedException {
        return calls.patiently("give the file " + name, () -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(http.uri(path + "/" + name, Map.of()));
            try (OutputStream out = sink.open()) {
                return Optional.of(http.send(request, info -> new Received(out, atMost), timeout));
            } catch (MlflowFailure e) {
                if (e.absent()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }
}
