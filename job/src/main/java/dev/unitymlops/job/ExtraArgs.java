package dev.unitymlops.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.job.Kind.Text;
import dev.unitymlops.job.Kind.Whole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code rl_config.extra_args}: the flags of mlagents-learn that a job may set, as {@code --flag}, {@code --flag=value} or two entries. */
final class ExtraArgs {
    private static final String FIELD = "rl_config.extra_args";

    private static final Set<String> SWITCHES = Set.of("--deterministic", "--no-graphics", "--no-graphics-monitor");

    private static final Map<String, Kind> VALUES = Map.ofEntries(
            Map.entry("--num-areas", new Whole(1)),
            Map.entry("--max-lifetime-restarts", new Whole(-1)),
            Map.entry("--restarts-rate-limit-n", new Whole(-1)),
            Map.entry("--restarts-rate-limit-period-s", new Whole(1)),
            Map.entry("--timeout-wait", new Whole(1)),
            Map.entry("--width", new Whole(1)),
            Map.entry("--height", new Whole(1)),
            Map.entry("--quality-level", new Whole(0)),
            Map.entry("--target-frame-rate", new Whole(-1)),
            Map.entry("--capture-frame-rate", new Whole(0)),
            Map.entry("--torch-device", new Text()));

    /** Flags that exist and are refused, with what to do instead. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("--seed", "Set rl_config.seed."),
            Map.entry("--num-envs", "Set rl_config.num_envs."),
            Map.entry("--time-scale", "Set rl_config.time_scale."),
            Map.entry("--initialize-from", "Set rl_config.initialize_from_run_id."),
            Map.entry("--run-id", "Remove it: the run id is the job id."),
            Map.entry("--resume", "Remove it: a later attempt resumes by itself."),
            Map.entry("--load", "Remove it: a later attempt resumes by itself."),
            Map.entry("--force", "Remove it: every attempt has a folder of its own."),
            Map.entry("--env", "Remove it: the player is the one that was built."),
            Map.entry("--base-port", "Remove it: ports are allotted per slot."),
            Map.entry("--results-dir", "Remove it: results go to the job's artifacts."),
            Map.entry("--inference", "Remove it: inference never ends by itself."),
            Map.entry("--debug", "Remove it: it changes the console lines that tell the progress."),
            Map.entry("--env-args", "Remove it: arguments of the player are not part of a job."));

    private ExtraArgs() {}

    static void check(TrainingJob job, Findings findings) {
        List<String> args = job.getRlConfig().getExtraArgs();
        for (int i = 0; i < args.size(); i++) {
            String at = FIELD + "[" + i + "]";
            String arg = args.get(i);
            int equals = arg.indexOf('=');
            String flag = equals < 0 ? arg : arg.substring(0, equals);
            if (VALUES.containsKey(flag) && equals < 0) {
                i++;
                value(at, flag, i < args.size() ? args.get(i) : "", findings);
            } else if (VALUES.containsKey(flag)) {
                value(at, flag, arg.substring(equals + 1), findings);
            } else if (!SWITCHES.contains(arg)) {
                refuse(at, arg, flag, findings);
            }
        }
    }

    private static void value(String at, String flag, String value, Findings findings) {
        JsonNode node = Scalars.YAML_1_2.node(value);
        Kind kind = VALUES.getOrDefault(flag, new Text());
        if (flag.equals("--torch-device") && !value.matches("cpu|cuda(:[0-9]{1,2})?|mps")) {
            findings.problem(at, value, "is not a device of PyTorch", "Give cpu, cuda or cuda:<n>.");
        } else {
            kind.check(at, node, findings);
        }
    }

    private static void refuse(String at, String arg, String flag, Findings findings) {
        Set<String> allowed = new TreeSet<>(SWITCHES);
        allowed.addAll(VALUES.keySet());
        String remedy = REFUSED.containsKey(flag)
                ? REFUSED.getOrDefault(flag, "")
                : Suggestion.nearest(flag, allowed)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Allowed are " + String.join(", ", allowed) + ".");
        findings.problem(at, arg, "is not a flag that a job may set", remedy);
    }
}
