package dev.unitymlops.cli.models;

import dev.unitymlops.cli.terminal.Refused;
import dev.unitymlops.runtime.Unreachable;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageFailure.Retry;
import java.io.IOException;

/** Asks a registry, with the same words for one that does not answer. */
public final class AskRegistry {
    private AskRegistry() {}

    /** What is asked. */
    @FunctionalInterface
    public interface Question<T> {
        T ask() throws StageFailure, IOException, InterruptedException;
    }

    /**
     * The answer.
     *
     * @param word of the registry
     * @throws Refused when it does not do what is asked, and would not the next time
     * @throws Unreachable when it cannot be read or written now
     */
    public static <T> T of(String word, Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (StageFailure e) {
            String message = String.join("\n", e.messages());
            if (e.retry() == Retry.NEVER) {
                throw new Refused(message);
            }
            throw new Unreachable("The " + word + " registry does not answer: " + message, e);
        } catch (IOException e) {
            throw new Unreachable("The " + word + " registry cannot be read or written: " + e, e);
        }
    }
}
