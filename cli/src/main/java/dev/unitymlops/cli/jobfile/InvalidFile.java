package dev.unitymlops.cli.jobfile;

/** A file that cannot be used; every error has been found already. Exit code 2. */
public final class InvalidFile extends RuntimeException {
    private final transient Object verdict;

    /**
     * Of a file.
     *
     * @param verdict what {@code --json} shows
     * @param text the same for people
     */
    public InvalidFile(Object verdict, String text) {
        super(text);
        this.verdict = verdict;
    }

    public Object verdict() {
        return verdict;
    }
}
