package dev.unitymlops.cli.jobfile;

/** A job file that cannot be used; every error has been found already. Exit code 2. */
public final class InvalidJob extends RuntimeException {
    private final transient Verdict verdict;

    InvalidJob(Verdict verdict) {
        super(verdict.text());
        this.verdict = verdict;
    }

    public Verdict verdict() {
        return verdict;
    }
}
