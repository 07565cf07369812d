package dev.unitymlops.simulated.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with everything that a build needs, and the command line that builds it. */
public record EditorJob(Path folder) {

    private static final String SPEC = """
            {"asset_id":"a1","class_name":"Reach","behavior_name":"ReachBehavior",
             "script":"Assets/GeneratedMLOps/a1/Reach.cs","scenes":[],"attach_to":null,"scene":"generated",
             "observations":[{"name":"target_position","sensor":"vector","size":2,"shape":[2]},
                             {"name":"velocity","sensor":"vector","size":2}],
             "actions":{"continuous":2,"discrete":[]},"decision_period":5,"max_step":5000}
            """;

    public static EditorJob in(Path folder) throws IOException {
        EditorJob job = new EditorJob(folder);
        SimulatedProject.create(job.project(), "reach-target");
        Path generated = Files.createDirectories(job.project().resolve("Assets/GeneratedMLOps/a1"));
        Files.writeString(generated.resolve("asset_spec.json"), "{}");
        job.script(
                "using Unity.MLAgents;\npublic class Reach : Agent { string brace = @\"\"\"}\"; char c = '{'; /* { */ }");
        Path editor = Files.createDirectories(job.project().resolve("Assets/Editor"));
        Files.writeString(
                editor.resolve("TrainingBuild.cs"),
                "namespace UnityMlops.Editor { public static class TrainingBuild { } }");
        Files.writeString(job.specification(), SPEC);
        return job;
    }

    Path project() {
        return folder.resolve("project");
    }

    public Path player() {
        return folder.resolve("build/Reach.x86_64");
    }

    Path log() {
        return folder.resolve("editor.log");
    }

    private Path specification() {
        return folder.resolve("spec.json");
    }

    void script(String source) throws IOException {
        Files.writeString(project().resolve("Assets/GeneratedMLOps/a1/Reach.cs"), source);
    }

    EditorJob spec(String from, String to) throws IOException {
        String before = Files.readString(specification());
        if (!before.contains(from)) {
            throw new IllegalArgumentException("the specification has no " + from);
        }
        Files.writeString(specification(), before.replace(from, to));
        return this;
    }

    public String[] arguments(String target) {
        return new String[] {
            "-batchmode",
            "-nographics",
            "-quit",
            "-projectPath",
            project().toString(),
            "-buildTarget",
            target,
            "-executeMethod",
            "UnityMlops.Editor.TrainingBuild.PerformBuild",
            "-buildOutput",
            player().toString(),
            "-logFile",
            log().toString(),
            "-mlopsBuildSpec",
            specification().toString()
        };
    }
}
