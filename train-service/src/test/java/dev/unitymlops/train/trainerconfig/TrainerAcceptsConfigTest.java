package dev.unitymlops.train.trainerconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.train.GenuineTrainer;
import dev.unitymlops.trainerenv.TrainerEnv;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The genuine settings parser of mlagents reads every golden file, and each key that it read is in effect. */
@Timeout(300)
class TrainerAcceptsConfigTest {

    /** Prints what is wrong: a file that is refused, or a key whose value is another after parsing. */
    private static final String CHECK = """
            import enum, sys, yaml
            from mlagents.trainers.settings import RunOptions
            from mlagents.trainers.cli_utils import load_config
            import mlagents.trainers.learn  # registers the trainers' settings
            from mlagents.plugins.trainer_type import register_trainer_plugins
            register_trainer_plugins()

            def differences(path, written, read):
                if isinstance(written, dict):
                    for key, value in written.items():
                        if key not in read:
                            yield f"{path}.{key} is lost"
                        else:
                            yield from differences(f"{path}.{key}", value, read[key])
                elif written != read:
                    yield f"{path} is {read!r} instead of {written!r}"

            for file in sys.argv[1:]:
                try:
                    written = load_config(file)
                    read = RunOptions.from_dict(written).as_dict()
                    for difference in differences(file, yaml.safe_load(open(file)), read):
                        print(difference)
                except Exception as e:
                    print(f"{file}: {type(e).__name__}: {e}")
            """;

    @TempDir
    private Path folder;

    @Test
    void readsEveryGoldenFile() throws Exception {
        TrainerEnv trainer = GenuineTrainer.required("TrainerAcceptsConfigTest");
        List<String> argv =
                new ArrayList<>(List.of(trainer.python().orElseThrow().toString(), "-c", CHECK));
        for (Golden golden : Golden.all().toList()) {
            argv.add(Files.writeString(folder.resolve(golden.name() + ".yaml"), golden.text())
                    .toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectError(folder.resolve("stderr").toFile());
        trainer.apply(builder.environment());
        Process process = builder.start();

        String problems = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("stderr")))
                .isZero();
        assertThat(problems).isEmpty();
    }
}
