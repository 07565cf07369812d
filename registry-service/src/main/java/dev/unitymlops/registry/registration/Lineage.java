package dev.unitymlops.registry.registration;

import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.Provenance;
import dev.unitymlops.events.TrainingCompleted;
import dev.unitymlops.events.TrainingFacts;
import dev.unitymlops.events.TrainingMetrics;
import java.util.Collections;
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
 * @param origin where the job came from, as its upstream says
 */
public record Lineage(
        String jobId,
        int run,
        int attempt,
        String contentHash,
        Build build,
        Training training,
        @Nullable Origin origin) {

    /**
     * The player.
     *
     * @param behaviourOrigin template or upstream
     */
    public record Build(
            int run,
            int attempt,
            @Nullable String playerSha256,
            @Nullable String scriptSha256,
            String behaviourOrigin,
            String buildTarget,
            @Nullable String unityVersion,
            @Nullable String gitCommit,
            @Nullable Boolean gitDirty) {

        private static Build of(BuildFacts facts) {
            return new Build(
                    facts.getRun(),
                    facts.getAttempt(),
                    sha256(facts.getPlayer()),
                    sha256(facts.getScript()),
                    facts.getBehaviourOrigin(),
                    facts.getBuildTarget(),
                    facts.getUnityVersion(),
                    facts.getGitCommit(),
                    facts.getGitDirty());
        }
    }

    /**
     * The training.
     *
     * @param versions of the trainer by package
     * @param metrics null when the trainer told none
     */
    public record Training(
            int run,
            int attempt,
            String algorithm,
            int seed,
            @Nullable String trainerConfigSha256,
            Map<String, String> versions,
            @Nullable Metrics metrics) {

        public Training {
            // Sorted, so that files of the same training read the same.
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }

        private static Training of(TrainingFacts facts, String algorithm) {
            return new Training(
                    facts.getRun(),
                    facts.getAttempt(),
                    algorithm,
                    facts.getSeed(),
                    sha256(facts.getTrainerConfig()),
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

    /** The lineage of a training's models. */
    public static Lineage of(TrainingCompleted trained, int run, int attempt) {
        Provenance provenance = trained.getJob().getProvenance();
        return new Lineage(
                trained.getJobId(),
                run,
                attempt,
                trained.getContentHash(),
                Build.of(trained.getBuild()),
                Training.of(
                        trained.getTraining(), trained.getJob().getRlConfig().getAlgorithm()),
                provenance == null ? null : Origin.of(provenance));
    }

    private static @Nullable String sha256(@Nullable ArtifactFile file) {
        return file == null ? null : file.getSha256();
    }
}
