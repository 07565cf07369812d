package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The versions inside an environment, as its own interpreter finds them: what would be imported, not what was installed. */
record InstalledVersions(Map<String, String> byName) {
    static final String MISSING = "missing";

    static InstalledVersions of(TrainerEnv env, Programs programs) throws IOException, InterruptedException {
        var python = env.python()
                .orElseThrow(() -> new TrainerEnvException(
                        env.mlagentsLearn() + " names no Python interpreter in its first line and has none beside it"));
        var outcome = programs.with(env::apply)
                .run(
                        List.of(python.toString(), "-c", LockFile.resource("versions.py")),
                        Path.of("/"),
                        Duration.ofMinutes(1),
                        line -> {});
        if (!outcome.ok()) {
            throw new TrainerEnvException(python + " cannot tell the versions of its packages:\n" + outcome.output());
        }
        var found = new HashMap<String, String>();
        for (var line : outcome.tail()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                found.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new InstalledVersions(Map.copyOf(found));
    }

    String get(String name) {
        return byName.getOrDefault(name, MISSING);
    }
}
