package dev.unitymlops.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands speak through: one answer (or a line per item) on stdout, everything else on stderr. Thread-safe. */
public final class Say {
    private final Terminal terminal;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Answer with one JSON object, or one per line, on stdout.")
    private boolean json;

    public Say(Terminal terminal) {
        this.terminal = terminal;
    }

    public Terminal terminal() {
        return terminal;
    }

    public boolean json() {
        return json;
    }

    /**
     * Answers.
     *
     * @param item what {@code --json} shows, on one line
     * @param text what people read; nothing is printed when it is empty
     */
    public synchronized void answer(Object item, String text) {
        if (json) {
            terminal.out().println(Json.line(item));
        } else if (!text.isEmpty()) {
            terminal.out().println(text);
        }
        terminal.out().flush();
    }

    /** An answer that has no JSON: it goes to stderr when JSON is wanted. */
    public synchronized void text(String text) {
        (json ? terminal.err() : terminal.out()).println(text);
    }

    /** A message for people, on stderr. */
    public synchronized void tell(String message) {
        terminal.err().println(message);
    }

    /** Asks the person at the terminal; anything but yes is a no. */
    public boolean agreed(String question) {
        terminal.err().print(question + " [y/N] ");
        terminal.err().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException("the answer could not be read", e);
        }
    }
}
