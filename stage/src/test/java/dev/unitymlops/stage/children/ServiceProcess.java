package dev.unitymlops.stage.children;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service in a process of its own, which can be killed: runs one shell script and prints each line of its output. */
final class ServiceProcess {

    private ServiceProcess() {}

    /** Arguments: working folder, script. */
    public static void main(String[] arguments) throws Exception {
        TestPrograms programs = new TestPrograms(Path.of(arguments[0]));
        ChildExit exit = new SupervisedChildren(() -> Duration.ofSeconds(60)).run(programs.shell(arguments[1], line -> {
            if (line.length() < 100) {
                System.out.println(line);
            }
        }));
        System.out.println("exit " + exit.code());
    }

    /** Starts it; {@code launcher} comes before the java command. */
    static Process start(List<String> launcher, String heap, Path folder, String script) throws IOException {
        List<String> argv = new ArrayList<>(launcher);
        argv.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ServiceProcess.class.getName(),
                folder.toString(),
                script));
        return new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
