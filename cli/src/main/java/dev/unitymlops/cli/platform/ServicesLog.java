package dev.unitymlops.cli.platform;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.unitymlops.cli.terminal.Refused;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Where the log of the services in this process goes. */
final class ServicesLog {
    private static final String CONFIGURATION = "/dev/unitymlops/cli/logback-services.xml";

    private ServicesLog() {}

    /** Everything into the file, warnings of our own code on stderr too; all that it says when it is verbose. */
    static Path to(Path file, boolean verbose) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext logback) {
            configure(logback, file, verbose ? "INFO" : "WARN");
        }
        return file;
    }

    private static void configure(LoggerContext logback, Path file, String onStderr) {
        logback.reset();
        logback.putProperty("log.file", file.toString());
        logback.putProperty("log.stderr", onStderr);
        URL configuration = Objects.requireNonNull(ServicesLog.class.getResource(CONFIGURATION), CONFIGURATION);
        var configurator = new JoranConfigurator();
        configurator.setContext(logback);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new Refused("The log " + file + " cannot be written: " + e.getMessage());
        }
    }
}
