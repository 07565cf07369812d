package dev.unitymlops.job;

import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.RlConfig;
import dev.unitymlops.events.TrainingJob;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids and names that become paths, run ids, C# identifiers, YAML keys and file names. */
final class NameRules {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final String ID_REMEDY =
            "Use letters, digits, dot, underscore and hyphen, 1 to 128 of them, the first a letter or digit, the last no dot.";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern BEHAVIOR = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9_])?");

    /** Reserved words of C# (language reference, "C# Keywords"); contextual keywords may name a class. */
    private static final Set<String> KEYWORDS = Set.of(
            ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do"
                            + " double else enum event explicit extern false finally fixed float for foreach goto if"
                            + " implicit in int interface internal is lock long namespace new null object operator out"
                            + " override params private protected public readonly ref return sbyte sealed short sizeof"
                            + " stackalloc static string struct switch this throw true try typeof uint ulong unchecked"
                            + " unsafe ushort using virtual void volatile while")
                    .split(" "));

    /** Types and methods that the generated class itself uses: a class of that name would hide them. */
    private static final Set<String> TAKEN =
            Set.of(("Agent Academy ActionBuffers ActionSegment BehaviorParameters DecisionRequester VectorSensor"
                            + " MonoBehaviour GameObject Transform Rigidbody Vector2 Vector3 Quaternion Object Component"
                            + " Physics Mathf Time Random Debug System Unity UnityEngine UnityEditor Initialize"
                            + " OnEpisodeBegin CollectObservations OnActionReceived Heuristic WriteDiscreteActionMask"
                            + " TargetToReach LastActions PushStrength ReachMetres FallMetres WayToTarget AddRaysTo"
                            + " DirectionOf GiveReward body startPosition startRotation distance")
                    .split(" "));

    private NameRules() {}

    static void check(TrainingJob job, Findings findings) {
        AssetSpec asset = job.getAssetSpec();
        RlConfig config = job.getRlConfig();
        id("job_id", job.getJobId(), findings);
        id("asset_spec.asset_id", asset.getAssetId(), findings);
        className(asset.getName(), findings);
        if (config.getBehaviorName() != null
                && !BEHAVIOR.matcher(config.getBehaviorName()).matches()) {
            findings.problem(
                    "rl_config.behavior_name",
                    config.getBehaviorName(),
                    "cannot be a Unity Behavior Name that is also a file name",
                    "Use up to 64 letters, digits, underscores, inner spaces, dots and hyphens; leave ?team= out.");
        }
        if (job.getScheduleId() != null) {
            id("schedule_id", job.getScheduleId(), findings);
        }
        if (job.getProject() != null) {
            id("project", job.getProject(), findings);
        }
        initializeFrom(job, findings);
    }

    private static void initializeFrom(TrainingJob job, Findings findings) {
        String source = job.getRlConfig().getInitializeFromRunId();
        String field = "rl_config.initialize_from_run_id";
        if (source == null) {
            return;
        }
        if (source.equals(job.getJobId())) {
            findings.problem(
                    field,
                    source,
                    "is this job itself",
                    "Give the id of an earlier job, or use retry to go on with this.");
        } else {
            id(field, source, findings);
        }
    }

    private static void id(String field, String id, Findings findings) {
        if (!ID.matcher(id).matches() || id.endsWith(".")) {
            findings.problem(field, id, "cannot be an id that is also a folder name", ID_REMEDY);
        }
    }

    private static void className(String name, Findings findings) {
        String field = "asset_spec.name";
        if (!IDENTIFIER.matcher(name).matches()) {
            findings.problem(
                    field,
                    name,
                    "is not a C# class name",
                    "Use up to 64 letters, digits and underscores, the first no digit; the name shown in Unity can be"
                            + " another: rl_config.behavior_name.");
        } else if (KEYWORDS.contains(name)) {
            findings.problem(field, name, "is a reserved word of C#", "Choose another, such as " + name + "Agent.");
        } else if (TAKEN.contains(name)) {
            findings.problem(
                    field,
                    name,
                    "hides a name that the agent's class needs",
                    "Choose another, such as My" + name + ".");
        }
    }
}
