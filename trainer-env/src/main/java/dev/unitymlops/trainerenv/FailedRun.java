package dev.unitymlops.trainerenv;

/** Tells a failed child in a line. */
final class FailedRun {
    private FailedRun() {}

    /** The known symptom, else the last line that says something. */
    static String found(Programs.Outcome outcome) {
        var how = outcome.timedOut() ? "did not end in time" : "exit code " + outcome.exitCode();
        var symptom = Diagnose.of(outcome.output())
                .map(Diagnosis::symptom)
                .orElseGet(() -> outcome.tail().reversed().stream()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .orElse("no output"));
        return how + ": " + symptom;
    }

    static String remedy(Programs.Outcome outcome, String otherwise) {
        return Diagnose.of(outcome.output()).map(Diagnosis::toString).orElse(otherwise);
    }
}
