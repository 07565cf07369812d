package dev.unitymlops.registry.registration;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.ModelFile;
import dev.unitymlops.events.Provenance;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.TrainingMetrics;
import dev.unitymlops.events.UnityPlacement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from: the job, the player that it was trained in, the training. Nulls are facts that nobody knows,
 * such as the commit of a project that is not in git.
 *
 * @param run run of the job in which the model is registered
 * @param attempt attempt of the registration in that run
 * @param contentHash SHA-256 of the job's canonical JSON
 * @param scheduleId the schedule that made the job; null: none did
 * @param origin where the job came from, as its upstream says
 */
public record Lineage(
        String jobId,
        int run,
        int attempt,
        String contentHash,
        @Nullable String scheduleId,
        Build build,
        Training training,
        @Nullable Origin origin) {

    /** A file, where it was when it was read or written. */
    public record Source(String uri, String sha256, long sizeBytes) {

        static Source of(ArtifactFile file) {
            return new Source(file.getUri(), file.getSha256(), file.getSizeBytes());
        }

        static @Nullable Source ofNullable(@Nullable ArtifactFile file) {
            return file == null ? null : of(file);
        }
    }

    /**
     * Where the agent lives.
     *
     * @param path of the Unity project as the builder saw it, or {@code simulated:<world>}
     * @param scenes relative to the project; empty: those of its build settings
     * @param attachTo object or prefab that got the agent
     * @param generated whether a scene was made for the training
     * @param gitDirty whether it had changes that are in no commit
     */
    public record Project(
            String path,
            List<String> scenes,
            @Nullable String attachTo,
            boolean generated,
            @Nullable String gitCommit,
            @Nullable Boolean gitDirty) {

        public Project {
            scenes = scenes == null ? List.of() : List.copyOf(scenes);
        }

        private static Project of(TrainingJob job, BuildFacts facts) {
            UnityPlacement unity = job.getUnity();
            return new Project(
                    job.getUnityProjectPath(),
                    unity == null ? List.of() : unity.getScenes(),
                    unity == null ? null : unity.getAttachTo(),
                    unity != null && "generated".equals(unity.getScene()),
                    facts.getGitCommit(),
                    facts.getGitDirty());
        }
    }

    /**
     * The player.
     *
     * @param player its archive
     * @param playerExecutable path inside of it
     * @param behaviourOrigin template or upstream
     */
    public record Build(
            int run,
            int attempt,
            Project project,
            @Nullable Source player,
            @Nullable String playerExecutable,
            @Nullable Source script,
            String behaviourOrigin,
            String buildTarget,
            @Nullable String unityVersion) {

        private static Build of(TrainingJob job, BuildFacts facts) {
            return new Build(
                    facts.getRun(),
                    facts.getAttempt(),
                    Project.of(job, facts),
                    Source.ofNullable(facts.getPlayer()),
                    facts.getPlayerExecutable(),
                    Source.ofNullable(facts.getScript()),
                    facts.getBehaviourOrigin(),
                    facts.getBuildTarget(),
                    facts.getUnityVersion());
        }
    }

    /**
     * What else the training read.
     *
     * @param role demonstration, initial-checkpoint or resumed-checkpoint
     */
    public record Input(String role, Source file) {}

    /**
     * The training.
     *
     * @param startedAt of the attempt that ended well, ISO 8601, UTC
     * @param inputs besides player and configuration
     * @param checkpoint the trainer's own file with the model's weights
     * @param files what else it left: its log of timers, its status, event files
     * @param versions of the trainer by package
     * @param metrics null when the trainer told none
     */
    public record Training(
            int run,
            int attempt,
            String algorithm,
            int seed,
            String startedAt,
            String completedAt,
            @Nullable Source trainerConfig,
            List<Input> inputs,
            @Nullable Source checkpoint,
            List<Source> files,
            Map<String, String> versions,
            @Nullable Metrics metrics) {

        public Training {
            inputs = inputs == null ? List.of() : List.copyOf(inputs);
            files = files == null ? List.of() : List.copyOf(files);
            // Sorted, so that files of the same training read the same.
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }

        private static Training of(TrainingCompleted trained, ModelFile model) {
            TrainingFacts facts = trained.getTraining();
            return new Training(
                    facts.getRun(),
                    facts.getAttempt(),
                    trained.getJob().getRlConfig().getAlgorithm(),
                    facts.getSeed(),
                    trained.getStartedAt().toString(),
                    trained.getCompletedAt().toString(),
                    Source.ofNullable(facts.getTrainerConfig()),
                    facts.getInputs().stream()
                            .map(input -> new Input(input.getRole(), Source.of(input.getFile())))
                            .toList(),
                    Source.ofNullable(model.getCheckpoint()),
                    facts.getFiles().stream().map(Source::of).toList(),
                    facts.getVersions(),
                    Metrics.ofNullable(facts.getMetrics()));
        }
    }

    /**
     * Final figures of the trainer.
     *
     * @param steps trainer steps
     * @param meanReward mean cumulative reward per episode at the last summary
     * @param firstMeanReward the same at the first summary
     * @param scalars last value by TensorBoard tag
     */
    public record Metrics(
            long steps,
            @Nullable Double meanReward,
            @Nullable Double firstMeanReward,
            @Nullable Double rewardStd,
            @Nullable Long episodes,
            @Nullable Long resumedFromStep,
            Map<String, Double> scalars) {

        public Metrics {
            scalars = scalars == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(scalars));
        }

        /** A figure by its name in snake_case, or a scalar by its tag; null when it was not told. */
        public @Nullable Double value(String name) {
            Number figure = switch (name) {
                case "steps" -> steps;
                case "mean_reward" -> meanReward;
                case "first_mean_reward" -> firstMeanReward;
                case "reward_std" -> rewardStd;
                case "episodes" -> episodes;
                default -> scalars.get(name);
            };
            return figure == null ? null : figure.doubleValue();
        }

        /** Those of a training; null when it told none. */
        public static @Nullable Metrics ofNullable(@Nullable TrainingMetrics metrics) {
            return metrics == null ? null : of(metrics);
        }

        private static Metrics of(TrainingMetrics metrics) {
            return new Metrics(
                    metrics.getSteps(),
                    metrics.getMeanReward(),
                    metrics.getFirstMeanReward(),
                    metrics.getRewardStd(),
                    metrics.getEpisodes(),
                    metrics.getResumedFromStep(),
                    metrics.getScalars());
        }
    }

    /** What the upstream says of the job; copied, never interpreted. */
    public record Origin(
            @Nullable String artifactId,
            @Nullable String parentArtifactId,
            @Nullable String planId,
            @Nullable String agentName,
            @Nullable String repository,
            @Nullable String commitSha,
            @Nullable String actor) {

        private static Origin of(Provenance provenance) {
            return new Origin(
                    provenance.getArtifactId(),
                    provenance.getParentArtifactId(),
                    provenance.getPlanId(),
                    provenance.getAgentName(),
                    provenance.getRepository(),
                    provenance.getCommitSha(),
                    provenance.getActor());
        }
    }

    /**
     * The lineage of a training's model.
     *
     * @param run of the registration
     * @param attempt of the registration
     */
    public static Lineage of(TrainingCompleted trained, ModelFile model, int run, int attempt) {
        TrainingJob job = trained.getJob();
        Provenance provenance = job.getProvenance();
        return new Lineage(
                trained.getJobId(),
                run,
                attempt,
                trained.getContentHash(),
                job.getScheduleId(),
                Build.of(job, trained.getBuild()),
                Training.of(trained, model),
                provenance == null ? null : Origin.of(provenance));
    }
}
