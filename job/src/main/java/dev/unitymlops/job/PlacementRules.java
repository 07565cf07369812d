package dev.unitymlops.job;

import dev.unitymlops.events.TrainingJob;
import dev.unitymlops.events.UnityPlacement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The project, the scene and the player: what Unity and ML-Agents can build and train. */
final class PlacementRules {
    private static final String SIMULATED = "simulated:";
    private static final Pattern WORLD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Build targets whose players mlagents-learn can start. */
    private static final List<String> TARGETS = List.of("Linux64", "Win64", "OSXUniversal", "LinuxHeadlessSimulation");

    private final TrainingJob job;
    private final Findings findings;

    private PlacementRules(TrainingJob job, Findings findings) {
        this.job = job;
        this.findings = findings;
    }

    static void check(TrainingJob job, Spaces spaces, Findings findings) {
        PlacementRules rules = new PlacementRules(job, findings);
        rules.project();
        UnityPlacement unity = job.getUnity();
        if (unity != null) {
            rules.scenes(unity);
            rules.player(unity);
        }
        if (spaces.needsGraphics()) {
            rules.graphics(unity);
        }
    }

    private void project() {
        String path = job.getUnityProjectPath();
        String field = "unity_project_path";
        if (path.isBlank()) {
            findings.problem(
                    field, path, "is empty", "Give the folder of the Unity project, or simulated:reach-target.");
        } else if (path.startsWith(SIMULATED)
                && !WORLD.matcher(path.substring(SIMULATED.length())).matches()) {
            findings.problem(
                    field,
                    path,
                    "names no simulated world",
                    "Write simulated:<world>, such as simulated:reach-target.");
        }
    }

    private void scenes(UnityPlacement unity) {
        for (int i = 0; i < unity.getScenes().size(); i++) {
            asset("unity.scenes[" + i + "]", unity.getScenes().get(i), ".unity");
        }
        String attachTo = unity.getAttachTo();
        if (attachTo != null && attachTo.isBlank()) {
            findings.problem(
                    "unity.attach_to",
                    attachTo,
                    "is empty",
                    "Give a GameObject path such as Arena/Agent, or a .prefab.");
        } else if (attachTo != null && attachTo.endsWith(".prefab")) {
            asset("unity.attach_to", attachTo, ".prefab");
        }
        String scene = unity.getScene();
        if (scene != null && !scene.equals("generated")) {
            findings.problem(
                    "unity.scene",
                    scene,
                    "is not \"generated\"",
                    "Leave it out and name the scene under unity.scenes.");
        } else if (scene != null && (!unity.getScenes().isEmpty() || attachTo != null)) {
            findings.problem(
                    "unity.scene",
                    scene,
                    "contradicts unity.scenes or unity.attach_to",
                    "Leave those out to train in a generated scene, or leave unity.scene out.");
        }
    }

    private void asset(String field, String path, String extension) {
        boolean inProject = path.startsWith("Assets/") || path.startsWith("Packages/");
        boolean plain = !path.contains("\\") && !List.of(path.split("/", -1)).contains("..");
        if (!inProject || !plain || !path.endsWith(extension)) {
            findings.problem(
                    field,
                    path,
                    "is not a path in the project that ends in " + extension,
                    "Give one from the project's root, such as Assets/Training/Arena" + extension + ".");
        }
    }

    private void player(UnityPlacement unity) {
        if (!TARGETS.contains(unity.getBuildTarget())) {
            findings.problem(
                    "unity.build_target",
                    unity.getBuildTarget(),
                    "is not a target that ML-Agents can train on",
                    "Give one of " + String.join(", ", TARGETS) + ".");
        }
        if (!unity.getScriptingBackend().equals("Mono2x")) {
            findings.problem(
                    "unity.scripting_backend",
                    unity.getScriptingBackend(),
                    "is not Mono2x; ML-Agents does not train with IL2CPP",
                    "Give Mono2x: the trained model runs in an IL2CPP player all the same.");
        }
    }

    private void graphics(@Nullable UnityPlacement unity) {
        List<String> args = job.getRlConfig().getExtraArgs();
        boolean headless = unity != null && unity.getBuildTarget().equals("LinuxHeadlessSimulation");
        if (headless || args.contains("--no-graphics") || args.contains("--no-graphics-monitor")) {
            findings.problem(
                    ObservationReader.FIELD,
                    headless ? "LinuxHeadlessSimulation" : "--no-graphics",
                    "has a camera, and a player without graphics renders nothing",
                    "Build for Linux64 without --no-graphics, or observe by raycast or grid.");
        }
    }
}
