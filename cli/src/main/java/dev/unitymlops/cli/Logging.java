package dev.unitymlops.cli;

/** Which logging configuration this process has; to be said before the first logger is made. */
final class Logging {
    private static final String CONFIGURATION = "logback.configurationFile";

    private Logging() {}

    /** Only what our own code warns of, on stderr; a configuration that the user names wins. */
    static void quiet() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "dev/unitymlops/cli/logback-command.xml");
        }
    }
}
