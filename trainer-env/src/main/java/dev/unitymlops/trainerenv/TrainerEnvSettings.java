package dev.unitymlops.trainerenv;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where environments are kept, and which one the user has named himself.
 *
 * @param home holds one folder per environment
 * @param folder {@code trainer.env} or {@code MLOPS_TRAINER_ENV}: a virtual environment of the user's own
 * @param mlagentsLearn {@code MLAGENTS_LEARN}: the executable itself; wins over {@code folder}
 */
public record TrainerEnvSettings(Path home, Optional<Path> folder, Optional<Path> mlagentsLearn) {

    /**
     * Reads {@code MLAGENTS_LEARN}, {@code MLOPS_TRAINER_ENV}, {@code MLOPS_CACHE_DIR}, {@code XDG_CACHE_HOME} and {@code HOME}.
     * An XDG_CACHE_HOME that is not absolute is ignored, as the XDG Base Directory Specification asks.
     */
    public static TrainerEnvSettings from(Map<String, String> environment) {
        Function<String, Optional<Path>> path = name -> Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
        Path cache = path.apply("MLOPS_CACHE_DIR")
                .or(() -> path.apply("XDG_CACHE_HOME").filter(Path::isAbsolute).map(xdg -> xdg.resolve("unity-mlops")))
                .orElseGet(() -> path.apply("HOME")
                        .orElseGet(() -> Path.of(System.getProperty("user.home")))
                        .resolve(".cache/unity-mlops"));
        return new TrainerEnvSettings(
                cache.toAbsolutePath().resolve("trainer-env"),
                path.apply("MLOPS_TRAINER_ENV"),
                path.apply("MLAGENTS_LEARN"));
    }

    public TrainerEnvSettings withFolder(Path named) {
        return new TrainerEnvSettings(home, Optional.of(named), mlagentsLearn);
    }
}
