package dev.unitymlops.system.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Dockerfile sets in each of its stages. It reads what ours uses: FROM ... AS, ENV k=v ..., USER, ENTRYPOINT. */
final class Dockerfile {
    private static final Pattern FROM = Pattern.compile("FROM (\\S+) AS (\\S+)");
    private static final Pattern SETTING = Pattern.compile("(\\w+)=(\\S+)");

    private final Map<String, Stage> stages = new LinkedHashMap<>();

    private record Stage(String parent, Map<String, String> instructions, Map<String, String> environment) {}

    private Dockerfile(String text) {
        Stage stage = null;
        for (String line : text.replace("\\\n", " ").lines().toList()) {
            Matcher from = FROM.matcher(line);
            if (from.matches()) {
                // what TORCH chooses makes no difference to what is asked here
                String parent = from.group(1).replace("${TORCH}", "cpu");
                stage = new Stage(parent, new LinkedHashMap<>(), new LinkedHashMap<>());
                stages.put(from.group(2), stage);
            } else if (stage != null && !line.isBlank() && !line.startsWith("#")) {
                read(line, stage);
            }
        }
    }

    static Dockerfile at(Path file) {
        try {
            return new Dockerfile(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String line, Stage stage) {
        String[] parts = line.strip().split(" ", 2);
        if (parts[0].equals("ENV")) {
            SETTING.matcher(parts[1])
                    .results()
                    .forEach(setting -> stage.environment().put(setting.group(1), setting.group(2)));
        } else {
            stage.instructions().put(parts[0], parts[1]);
        }
    }

    /** The variables of an image, with those of the stages that it is made from. */
    Map<String, String> environment(String target) {
        Stage stage = stages.get(target);
        if (stage == null) {
            return new LinkedHashMap<>();
        }
        Map<String, String> environment = environment(stage.parent());
        environment.putAll(stage.environment());
        return environment;
    }

    /** The last such instruction of an image; null where neither it nor a stage that it is made from has one. */
    @Nullable
    String last(String instruction, String target) {
        Stage stage = stages.get(target);
        if (stage == null) {
            return null;
        }
        String own = stage.instructions().get(instruction);
        return own == null ? last(instruction, stage.parent()) : own;
    }
}
