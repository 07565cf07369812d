package dev.unitymlops.registry.file;

import dev.unitymlops.registry.registration.TestVersions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Registers jobs one after the other in a JVM of its own: root, first number, count. */
final class RegisterMain {

    private static final PrintStream OUT = System.out;

    private RegisterMain() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        TestVersions versions = new TestVersions(Files.createTempDirectory(root.getParent(), "models"));
        FileRegistry registry = new FileRegistry(root, InstantSource.system());
        OUT.println("ready");
        System.in.read();
        for (int job = first; job < first + count; job++) {
            OUT.println(registry.register(versions.of("job-" + job, "content of " + job))
                    .getVersion());
        }
    }
}
