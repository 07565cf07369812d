package dev.unitymlops.cli.terminal;

/** Lines on stderr, of which the last may be written over where that is a terminal. Thread-safe. */
public final class Display implements AutoCloseable {
    /**
     * Columns of a line that may be written over. With the two of an echoed {@code ^C} it fits into the narrowest usual
     * terminal: a line that wraps cannot be written over.
     */
    public static final int WIDTH = 77;

    private static final int ECHO = "^C".length();

    private final Terminal terminal;
    private int shown;

    public Display(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A line that stays. */
    public synchronized void line(String text) {
        clear();
        terminal.err().println(text);
    }

    /** A line that the next one takes the place of; without a terminal it stays as well. */
    public synchronized void passing(String text) {
        if (terminal.live()) {
            fleeting(text);
        } else {
            terminal.err().println(text);
        }
    }

    /** A line that the next one takes the place of, and that only a terminal is shown. */
    public synchronized void fleeting(String text) {
        if (!terminal.live()) {
            return;
        }
        String fitting = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
        clear();
        terminal.err().print(fitting);
        terminal.err().flush();
        shown = fitting.length();
    }

    /** Leaves no line behind that something else would be written after. */
    @Override
    public synchronized void close() {
        clear();
        terminal.err().flush();
    }

    /** Blanks instead of an escape sequence: every terminal knows them. */
    private void clear() {
        if (shown > 0) {
            terminal.err().print("\r" + " ".repeat(shown + ECHO) + "\r");
            shown = 0;
        }
    }
}
