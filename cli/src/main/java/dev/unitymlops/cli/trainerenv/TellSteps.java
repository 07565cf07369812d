package dev.unitymlops.cli.trainerenv;

import dev.unitymlops.cli.terminal.Display;
import dev.unitymlops.cli.terminal.Terminal;
import dev.unitymlops.cli.view.Words;
import dev.unitymlops.trainerenv.ProgressListener;
import dev.unitymlops.trainerenv.Step;
import java.nio.file.Path;
import java.time.Duration;

/** Tells how the making of an environment goes on: a line per step, and on a terminal the last word of its program. */
final class TellSteps implements ProgressListener, AutoCloseable {
    private final Display display;
    private final boolean live;

    TellSteps(Terminal terminal) {
        this.display = new Display(terminal);
        this.live = terminal.live();
    }

    @Override
    public void waiting(Path lock) {
        display.line("Another process makes it (" + lock + "): waiting for that.");
    }

    @Override
    public void started(Step step, int number, int of) {
        display.line("[" + number + "/" + of + "] " + step.says());
    }

    /** Without a terminal it would be hundreds of lines; when a program fails, its last ones are in the message. */
    @Override
    public void output(Step step, String line) {
        if (live) {
            display.passing("      " + line);
        }
    }

    @Override
    public void close() {
        display.close();
    }

    @Override
    public void finished(Step step, Duration took) {
        display.line("      done in " + Words.took(took));
    }
}
