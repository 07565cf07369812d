package dev.unitymlops.trainerenv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A Python environment that holds the genuine {@code mlagents-learn}.
 *
 * @param mlagentsLearn the executable to start
 * @param python the interpreter behind it; empty when the executable is no Python script
 * @param ours made by {@link TrainerEnvCreate} (then nothing from outside reaches into it), not named by the user
 */
public record TrainerEnv(Path mlagentsLearn, Optional<Path> python, boolean ours) {

    /**
     * The environment that the user named, else the complete one in the cache, the one that can use a GPU first.
     *
     * @throws TrainerEnvException when the one that the user named is not there
     */
    public static Optional<TrainerEnv> locate(TrainerEnvSettings settings) {
        if (settings.mlagentsLearn().isPresent()) {
            return Optional.of(named("MLAGENTS_LEARN", settings.mlagentsLearn().get()));
        }
        if (settings.folder().isPresent()) {
            return Optional.of(named(
                    "trainer.env (MLOPS_TRAINER_ENV)", settings.folder().get().resolve("bin/mlagents-learn")));
        }
        for (var recipe : Recipe.values()) {
            var made = complete(settings.home().resolve(recipe.folderName()));
            if (made.isPresent()) {
                return made;
            }
        }
        return Optional.empty();
    }

    static Optional<TrainerEnv> complete(Path folder) {
        return Marker.read(folder).filter(Marker::holds).map(marker -> inside(folder));
    }

    /** The environment in a folder of our own making, complete or not yet. */
    static TrainerEnv inside(Path folder) {
        return new TrainerEnv(folder.resolve("bin/mlagents-learn"), Optional.of(folder.resolve("bin/python")), true);
    }

    private static TrainerEnv named(String setting, Path executable) {
        if (!Files.isExecutable(executable)) {
            throw new TrainerEnvException(setting + ": there is no executable " + executable
                    + "; name the folder of a virtual environment with mlagents 1.1.0 in it,"
                    + " or leave the setting out and call `mlops trainer-env create`");
        }
        return new TrainerEnv(executable.toAbsolutePath(), interpreterOf(executable), false);
    }

    /** A console script's first line names its interpreter ({@code #!/env/bin/python3}). */
    private static Optional<Path> interpreterOf(Path script) {
        try (var in = Files.newInputStream(script)) {
            var start = new String(in.readNBytes(256), StandardCharsets.ISO_8859_1);
            var firstLine = start.lines().findFirst().orElse("");
            return Optional.of(firstLine)
                    .filter(line -> line.startsWith("#!"))
                    .map(line -> Path.of(line.substring(2).strip().split(" ", 2)[0]))
                    .filter(path -> path.getFileName() != null
                            && path.getFileName().toString().startsWith("python"))
                    .or(() -> Optional.of(script.resolveSibling("python")))
                    .filter(Files::isExecutable);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script, e);
        }
    }

    /**
     * Changes a child process's variables to what the trainer wants: UTF-8 output, line by line, and no warning about pkg_resources,
     * the only one it prints. In an environment of our own making, packages of the user's home and PYTHONPATH stay outside:
     * a torch or protobuf of the wrong version there would be imported first.
     */
    public void apply(Map<String, String> variables) {
        variables.put("PYTHONUTF8", "1");
        variables.put("PYTHONUNBUFFERED", "1");
        variables.put("PYTHONWARNINGS", "ignore:pkg_resources");
        if (ours) {
            variables.put("PYTHONNOUSERSITE", "1");
            variables.remove("PYTHONPATH");
            variables.remove("PYTHONHOME");
        }
    }
}
