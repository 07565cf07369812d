package dev.unitymlops.stage.children;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes a program's output: every byte to the log as it comes, each line to its listener, the last lines for the
 * report. Memory is bounded whatever the program writes. Used on one thread.
 */
final class Output {

    /** Lines kept for {@link ChildExit#tail()}. */
    static final int TAIL_LINES = 40;

    /** Bytes of a line that its listener and the tail get; the log has the whole line. */
    static final int LINE_BYTES = 4096;

    private static final int CHUNK = 1 << 16;

    private final Consumer<String> onLine;
    private final Deque<String> tail = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Output(Consumer<String> onLine) {
        this.onLine = onLine;
    }

    /** Reads to the end. */
    void drain(InputStream from, OutputStream log) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
            log.write(chunk, 0, n);
            split(chunk, n);
        }
        if (line.size() > 0) {
            endLine();
        }
    }

    List<String> tail() {
        return List.copyOf(tail);
    }

    private void split(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                endLine();
            } else if (line.size() < LINE_BYTES) {
                line.write(chunk[i]);
            }
        }
    }

    /** What is no UTF-8 becomes U+FFFD: a program may write what it likes. */
    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        String clean = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (tail.size() == TAIL_LINES) {
            tail.removeFirst();
        }
        tail.addLast(clean);
        onLine.accept(clean);
    }
}
