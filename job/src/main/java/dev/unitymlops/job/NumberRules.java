package dev.unitymlops.job;

import dev.unitymlops.events.ImitationSpec;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.Timeouts;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.UnityPlacement;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The range of each number of a job, in one table. */
final class NumberRules {
    private static final double BILLION = 1e9;
    private static final double SECONDS_OF_30_DAYS = 30 * 86_400.0;

    private static final List<Limit> LIMITS = List.of(
            job("priority", TrainingJob::getPriority, 0, 9),
            job("max_attempts", TrainingJob::getMaxAttempts, 1, 10),
            training("max_steps", RlConfig::getMaxSteps, 1, 1e12),
            training("num_envs", RlConfig::getNumEnvs, 1, 256),
            training("time_scale", RlConfig::getTimeScale, 1, 100),
            training("batch_size", RlConfig::getBatchSize, 1, BILLION),
            training("buffer_size", RlConfig::getBufferSize, 1, BILLION),
            training("learning_rate", RlConfig::getLearningRate, 0, 1).above(),
            training("beta", RlConfig::getBeta, 0, 1),
            training("epsilon", RlConfig::getEpsilon, 0, 1).above(),
            training("lambd", RlConfig::getLambd, 0, 1),
            training("num_epoch", RlConfig::getNumEpoch, 1, 1000),
            training("hidden_units", RlConfig::getHiddenUnits, 1, 8192),
            training("num_layers", RlConfig::getNumLayers, 1, 32),
            training("time_horizon", RlConfig::getTimeHorizon, 1, BILLION),
            training("summary_freq", RlConfig::getSummaryFreq, 1, BILLION),
            training("checkpoint_interval", RlConfig::getCheckpointInterval, 1, BILLION),
            training("keep_checkpoints", RlConfig::getKeepCheckpoints, 1, 10_000),
            training("seed", RlConfig::getSeed, 0, Integer.MAX_VALUE),
            imitation("behavioral_cloning_strength", ImitationSpec::getBehavioralCloningStrength, 0, 1000)
                    .above(),
            imitation("behavioral_cloning_steps", ImitationSpec::getBehavioralCloningSteps, 0, 1e12),
            imitation("gail_strength", ImitationSpec::getGailStrength, 0, 1000).above(),
            placement("decision_period", UnityPlacement::getDecisionPeriod, 1, 20),
            placement("max_step", UnityPlacement::getMaxStep, 0, BILLION),
            timeout("build_seconds", Timeouts::getBuildSeconds),
            timeout("training_seconds", Timeouts::getTrainingSeconds),
            timeout("registration_seconds", Timeouts::getRegistrationSeconds));

    private NumberRules() {}

    static void check(TrainingJob job, Findings findings) {
        LIMITS.forEach(limit -> limit.check(job, findings));
    }

    /** A field, how to get it from a job (null: nothing to check), and its range. */
    private record Limit(
            String field, Function<TrainingJob, @Nullable Number> number, double least, boolean open, double most) {

        Limit above() {
            return new Limit(field, number, least, true, most);
        }

        void check(TrainingJob job, Findings findings) {
            Number value = number.apply(job);
            if (value != null && !holds(value.doubleValue())) {
                findings.problem(field, value, "is not " + range(), "Give a number " + range() + ".");
            }
        }

        private boolean holds(double value) {
            return (open ? value > least : value >= least) && value <= most;
        }

        private String range() {
            return (open ? "above " : "from ") + plain(least) + (open ? " and at most " : " to ") + plain(most);
        }

        private static String plain(double value) {
            return new BigDecimal(value).toPlainString();
        }
    }

    private static Limit job(String field, Function<TrainingJob, @Nullable Number> number, double least, double most) {
        return new Limit(field, number, least, false, most);
    }

    private static Limit training(
            String field, Function<RlConfig, @Nullable Number> number, double least, double most) {
        return job("rl_config." + field, job -> number.apply(job.getRlConfig()), least, most);
    }

    private static Limit imitation(
            String field, Function<ImitationSpec, @Nullable Number> number, double least, double most) {
        return training("imitation." + field, part(RlConfig::getImitation, number), least, most);
    }

    private static Limit placement(
            String field, Function<UnityPlacement, @Nullable Number> number, double least, double most) {
        return job("unity." + field, part(TrainingJob::getUnity, number), least, most);
    }

    private static Limit timeout(String field, Function<Timeouts, @Nullable Number> number) {
        return job("timeouts." + field, part(TrainingJob::getTimeouts, number), 1, SECONDS_OF_30_DAYS);
    }

    private static <R, P> Function<R, @Nullable Number> part(
            Function<R, @Nullable P> part, Function<P, @Nullable Number> number) {
        return record -> {
            P present = part.apply(record);
            return present == null ? null : number.apply(present);
        };
    }
}
