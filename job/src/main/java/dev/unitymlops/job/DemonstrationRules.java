package dev.unitymlops.job;

import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Training modes and the demonstrations they need; the trainer would find a wrong file only when the player runs. */
final class DemonstrationRules {
    private static final String FIELD = "rl_config.demonstration_path";
    private static final String EXTENSION = ".demo";
    private static final int MOST_FILES = 1000;

    private final TrainingJob job;
    private final Spaces spaces;
    private final Findings findings;

    private DemonstrationRules(TrainingJob job, Spaces spaces, Findings findings) {
        this.job = job;
        this.spaces = spaces;
        this.findings = findings;
    }

    static void check(TrainingJob job, Spaces spaces, Where where, Findings findings) {
        DemonstrationRules rules = new DemonstrationRules(job, spaces, findings);
        Optional<TrainingMode> mode = rules.mode();
        String path = job.getRlConfig().getDemonstrationPath();
        if (mode.isPresent() && path != null && mode.get().usesDemonstrations()) {
            rules.demonstrations(path, where);
        }
    }

    private Optional<TrainingMode> mode() {
        RlConfig config = job.getRlConfig();
        if (TrainingMode.named(config.getTrainingMode()).isEmpty()) {
            findings.problem(
                    "rl_config.training_mode",
                    config.getTrainingMode(),
                    "is not a training mode",
                    "Give online, hybrid or offline.");
            return Optional.empty();
        }
        TrainingMode mode = TrainingMode.of(job);
        boolean missing = config.getDemonstrationPath() == null;
        if (missing && (mode.usesDemonstrations() || config.getUseOfflineDemonstrations())) {
            findings.problem(
                    FIELD,
                    null,
                    "is missing: demonstrations are asked for",
                    "Give a .demo file or a folder of them, or set training_mode: online and use_offline_demonstrations:"
                            + " false.");
        } else if (!missing && !mode.usesDemonstrations()) {
            findings.warning(FIELD + " has no effect in training_mode online; hybrid or offline use it");
        }
        if (config.getImitation() != null && !mode.usesDemonstrations()) {
            findings.warning("rl_config.imitation has no effect without demonstrations");
        }
        return Optional.of(mode);
    }

    private void demonstrations(String text, Where where) {
        Path path = path(text);
        if (path == null || where == Where.ELSEWHERE || job.getDryRun()) {
            return;
        }
        if (Files.isRegularFile(path)) {
            file(path);
        } else if (Files.isDirectory(path)) {
            folder(path);
        } else {
            findings.problem(
                    FIELD, text, "does not exist", "Record demonstrations with ML-Agents, or correct the path.");
        }
    }

    private @Nullable Path path(String text) {
        try {
            return text.isBlank() ? blank(text) : Path.of(text);
        } catch (InvalidPathException e) {
            return blank(text);
        }
    }

    private @Nullable Path blank(String text) {
        findings.problem(FIELD, text, "is not a path", "Give a .demo file or a folder of them.");
        return null;
    }

    private void folder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> demos = entries.filter(entry -> entry.toString().endsWith(EXTENSION))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
            demos.forEach(this::file);
            if (demos.isEmpty()) {
                findings.problem(
                        FIELD, folder.toString(), "holds no .demo file", "Put the recorded demonstrations there.");
            }
        } catch (IOException | UncheckedIOException e) {
            unreadable(folder, e.toString());
        }
    }

    private void file(Path file) {
        if (!file.toString().endsWith(EXTENSION)) {
            findings.problem(FIELD, file.toString(), "does not end in .demo", "The trainer reads .demo files only.");
            return;
        }
        try {
            matches(file, DemoFile.read(file));
        } catch (IOException e) {
            unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private void unreadable(Path file, String why) {
        findings.problem(FIELD, file.toString(), "cannot be read as a demonstration: " + why, "Record it again.");
    }

    private void matches(Path file, DemoFile demo) {
        Actions actions = spaces.actions();
        if (demo.continuousActions() != actions.continuous()
                || !demo.discreteBranches().equals(actions.discreteBranches())) {
            findings.problem(
                    FIELD,
                    file.toString(),
                    "was recorded with " + words(demo.continuousActions(), demo.discreteBranches()) + ", the job has "
                            + words(actions.continuous(), actions.discreteBranches()),
                    "Record it with the same action_space.");
        }
        List<List<Integer>> sensors =
                spaces.sensors().stream().map(Spaces.Tensor::shape).toList();
        if (!demo.observationShapes().equals(sensors)) {
            findings.problem(
                    FIELD,
                    file.toString(),
                    "was recorded with observations of the shapes " + demo.observationShapes() + ", the job has "
                            + sensors,
                    "Record it with the same observation_space.");
        }
    }

    private static String words(int continuous, List<Integer> branches) {
        return continuous + " continuous actions and discrete branches " + branches;
    }
}
