package dev.unitymlops.cli.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command's words go, and who is there to read them.
 *
 * @param out answers
 * @param err everything else
 * @param person whether somebody can be asked: standard input and standard error are a terminal
 * @param live whether standard error is a terminal, so that a line may be written over
 * @param colors whether colours are wanted
 */
public record Terminal(PrintStream out, PrintStream err, boolean person, boolean live, boolean colors) {
    /** Set by the launcher, since Java cannot tell: the digits of those standard streams that are terminals. */
    public static final String STREAMS = "mlops.terminal";

    /** The process's own streams; without the launcher's property nothing is taken for a terminal. */
    public static Terminal ofProcess(Map<String, String> environment) {
        String streams = System.getProperty(STREAMS, "");
        boolean live = streams.contains("2") && !"dumb".equals(environment.get("TERM"));
        boolean colors = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(System.out, System.err, live && streams.contains("0"), live, colors);
    }
}
