package dev.unitymlops.build;

import dev.unitymlops.build.script.Behaviour;
import dev.unitymlops.build.script.Behaviour.Origin;
import dev.unitymlops.build.unity.BuildFiles;
import dev.unitymlops.build.unity.BuildOrder;
import dev.unitymlops.build.unity.BuiltPlayer;
import dev.unitymlops.build.unity.EarlierBuilds;
import dev.unitymlops.build.unity.EditorCommand;
import dev.unitymlops.build.unity.EditorRun;
import dev.unitymlops.build.unity.ProjectFacts;
import dev.unitymlops.build.unity.RecordedCommands;
import dev.unitymlops.build.unity.UnityEditor;
import dev.unitymlops.events.ArtifactFile;
import dev.unitymlops.events.BehaviourSource;
import dev.unitymlops.events.BuildCompleted;
import dev.unitymlops.events.BuildFacts;
import dev.unitymlops.events.JobRequested;
import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import dev.unitymlops.stage.StageHandler;
import dev.unitymlops.stage.artifacts.ArtifactFiles;
import dev.unitymlops.stage.artifacts.PlayerArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Builds the player that a job's behaviour is trained in; in a dry run it stops before the outside program. */
public final class BuildHandler implements StageHandler<JobRequested, BuildCompleted> {

    private final Editors editors;
    private final GeneratedFiles generatedFiles;
    private final EarlierBuilds earlierBuilds;
    private final Clock clock;

    public BuildHandler(Editors editors, GeneratedFiles generatedFiles, EarlierBuilds earlierBuilds, Clock clock) {
        this.editors = editors;
        this.generatedFiles = generatedFiles;
        this.earlierBuilds = earlierBuilds;
        this.clock = clock;
    }

    @Override
    public BuildCompleted handle(JobRequested input, Attempt attempt) throws StageFailure, InterruptedException {
        BuildOrder order = BuildOrder.of(attempt);
        try {
            return build(order, attempt);
        } catch (IOException broken) {
            throw StageFailure.infrastructure("The build host's files cannot be read or written: " + broken)
                    .because(broken);
        }
    }

    private BuildCompleted build(BuildOrder order, Attempt attempt)
            throws StageFailure, IOException, InterruptedException {
        Optional<Behaviour> behaviour = generatedFiles.write(order);
        if (behaviour.isPresent()) {
            attempt.progress().phase("code generated");
        } else {
            attempt.progress().phase("code generated", notFetched(order.job().getBehaviourSource()));
        }
        UnityEditor editor = editors.of(order.job());
        BuildFacts facts = facts(order, behaviour, attempt);
        if (order.job().getDryRun()) {
            record(order, List.of(editor.plan(order, attempt.slot())), facts);
            order.files().publish();
        } else {
            buildPlayer(order, editor, attempt, facts);
        }
        return completed(attempt, facts);
    }

    private void buildPlayer(BuildOrder order, UnityEditor editor, Attempt attempt, BuildFacts facts)
            throws StageFailure, IOException, InterruptedException {
        BuildFiles files = order.files();
        Files.createDirectories(files.playerFolder());
        try {
            EditorRun run = editor.build(order, attempt);
            BuiltPlayer player = BuiltPlayer.find(order);
            record(order, run.commands(), facts);
            tell(run.project(), facts);
            attempt.progress().phase("archiving");
            ArtifactFile archive = described(files, PlayerArchive.pack(files.playerFolder(), files.archive()));
            facts.setPlayer(archive);
            facts.setPlayerExecutable(player.inside(files.playerFolder()));
            if (run.fingerprint().isPresent()) {
                earlierBuilds.remember(run.fingerprint().get(), archive);
            }
        } catch (StageFailure failure) {
            throw failure.withProduced(List.of(facts.getScript()));
        } finally {
            // The log of a failed build is what people look for.
            files.publish();
        }
        if (Files.isRegularFile(files.log())) {
            facts.setLog(files.stored(files.log()).toUri().toString());
        }
    }

    private static String notFetched(BehaviourSource source) {
        return "a dry run does not fetch the behaviour; a build would take " + source.getUri() + " with sha256 "
                + source.getSha256();
    }

    private static void record(BuildOrder order, List<EditorCommand> commands, BuildFacts facts) throws IOException {
        RecordedCommands.write(order.files(), commands);
        facts.setCommands(commands.stream().map(EditorCommand::argv).toList());
    }

    private static void tell(ProjectFacts project, BuildFacts facts) {
        facts.setUnityVersion(project.unityVersion());
        facts.setGitCommit(project.gitCommit());
        facts.setGitDirty(project.gitDirty());
    }

    private static BuildFacts facts(BuildOrder order, Optional<Behaviour> behaviour, Attempt attempt)
            throws IOException {
        return BuildFacts.newBuilder()
                .setRun(attempt.run())
                .setAttempt(attempt.number())
                .setArtifacts(attempt.folder().toUri().toString())
                .setScript(
                        behaviour.isPresent()
                                ? described(order.files(), order.files().script())
                                : null)
                .setBehaviourOrigin(
                        behaviour.map(Behaviour::origin).orElse(Origin.UPSTREAM).word())
                .setReward(behaviour.map(Behaviour::reward).orElse(""))
                .setBuildTarget(order.target())
                .build();
    }

    /** The file as it is once it is published. */
    private static ArtifactFile described(BuildFiles files, Path file) throws IOException {
        ArtifactFile described = ArtifactFiles.describe(file);
        described.setUri(files.stored(file).toUri().toString());
        return described;
    }

    private BuildCompleted completed(Attempt attempt, BuildFacts facts) {
        return BuildCompleted.newBuilder()
                .setJobId(attempt.job().getJobId())
                .setRun(attempt.run())
                .setAttempt(attempt.number())
                .setContentHash(attempt.contentHash())
                .setDryRun(attempt.job().getDryRun())
                .setStartedAt(attempt.startedAt())
                .setCompletedAt(clock.instant())
                .setArtifacts(attempt.folder().toUri().toString())
                .setJob(attempt.job())
                .setBuild(facts)
                .build();
    }
}
