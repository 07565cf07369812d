package dev.unitymlops.cli.doctor;

/**
 * What one check saw, as {@code --json} shows it.
 *
 * @param check a stable name
 * @param needed whether a job fails here while it is not ok; else it only means less than could be
 * @param remedy empty when all is well
 */
public record Finding(String check, boolean ok, boolean needed, String found, String expected, String remedy) {
    static Finding good(String check, boolean needed, String found, String expected) {
        return new Finding(check, true, needed, found, expected, "");
    }

    static Finding bad(String check, boolean needed, String found, String expected, String remedy) {
        return new Finding(check, false, needed, found, expected, remedy);
    }

    /** Of the trainer's environment; an environment that is there has to be right. */
    public static Finding of(dev.unitymlops.trainerenv.Finding finding) {
        return new Finding(
                "trainer." + finding.check(),
                finding.ok(),
                true,
                finding.found(),
                finding.expected(),
                finding.remedy());
    }

    /** For people: {@code ok}, {@code WRONG} when a job fails on it, else {@code -}. */
    String verdict() {
        if (ok) {
            return "ok";
        }
        return needed ? "WRONG" : "-";
    }
}
