package dev.unitymlops.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A JVM of its own on this one's class path, made to start soon: what a test may kill. */
public final class JavaProcess {
    private JavaProcess() {}

    /**
     * The command that starts it; the caller says where its output goes, and ends it.
     *
     * @param options of the JVM, beside those for a quick start
     */
    public static List<String> command(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Settings as a service takes them on its command line. */
    public static List<String> arguments(Map<String, String> settings) {
        return settings.entrySet().stream()
                .flatMap(setting -> Stream.of("--set", setting.getKey() + "=" + setting.getValue()))
                .toList();
    }
}
