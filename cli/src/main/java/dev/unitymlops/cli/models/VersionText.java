package dev.unitymlops.cli.models;

import dev.unitymlops.cli.view.Words;
import dev.unitymlops.registry.registration.Approval;
import dev.unitymlops.registry.registration.Gates;
import dev.unitymlops.registry.registration.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A version as people read it: from the model back to its scene. */
final class VersionText {
    private static final String UNKNOWN = "unknown";

    private final List<String> lines = new ArrayList<>();

    private VersionText() {}

    static String of(VersionView view) {
        var text = new VersionText();
        text.model(view);
        text.verdict(view);
        text.training(view.lineage().training());
        text.build(view.lineage().build());
        text.origin(view.lineage().origin());
        text.line("version file", view.versionFile());
        text.line("provenance", view.provenance());
        return String.join("\n", text.lines);
    }

    private void model(VersionView view) {
        lines.add("Model " + view.model() + ", version " + view.version() + " in the " + view.registry() + " registry");
        line("name", view.displayName());
        line("aliases", view.aliases().isEmpty() ? "none" : String.join(", ", view.aliases()));
        line("file", view.uri());
        line("", "sha256 " + view.sha256() + ", " + Words.count(view.sizeBytes()) + " bytes");
        line("resource", view.resourceName());
        line("registered", Objects.requireNonNullElse(view.registeredAt(), UNKNOWN));
        Lineage lineage = view.lineage();
        line("job", lineage.jobId() + ", run " + lineage.run() + ", attempt " + lineage.attempt());
        line("", "content " + lineage.contentHash());
    }

    private void verdict(VersionView view) {
        line("checked", view.checked());
        Approval approval = view.approval();
        if (approval != null) {
            line("approval", "by " + approval.by() + " at " + approval.at());
        } else {
            line("approval", view.needsApproval() ? "missing: its job demands one" : "none needed");
        }
        if (view.gates().isEmpty()) {
            line("gates", "none");
        }
        for (Gates.Result gate : view.gates()) {
            line("gate", (gate.passed() ? "passed: " : "MISSED: ") + gate.says());
        }
        view.missed().stream()
                .filter(missed ->
                        view.gates().stream().noneMatch(gate -> gate.says().equals(missed)))
                .forEach(missed -> line("", "missed when it was registered: " + missed));
    }

    private void training(Lineage.Training training) {
        line(
                "training",
                training.algorithm() + ", seed " + training.seed() + ", run " + training.run() + ", attempt "
                        + training.attempt());
        Lineage.Metrics metrics = training.metrics();
        if (metrics != null) {
            line("", figures(metrics));
        }
        line("", "trainer configuration " + sha256(training.trainerConfig()));
        training.inputs()
                .forEach(input -> line("", input.role() + " " + input.file().uri() + " " + sha256(input.file())));
        line("", "checkpoint " + sha256(training.checkpoint()));
        line("", packages(training.versions()));
    }

    private static String figures(Lineage.Metrics metrics) {
        return Stream.of(
                        Words.count(metrics.steps()) + " steps",
                        figure("mean reward", metrics.meanReward()),
                        figure("of deviation", metrics.rewardStd()),
                        figure("at first", metrics.firstMeanReward()),
                        metrics.episodes() == null ? "" : Words.count(metrics.episodes()) + " episodes",
                        metrics.resumedFromStep() == null
                                ? ""
                                : "resumed from step " + Words.count(metrics.resumedFromStep()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String figure(String what, @Nullable Double figure) {
        return figure == null ? "" : what + " " + Words.reward(figure);
    }

    private static String packages(Map<String, String> versions) {
        return versions.isEmpty()
                ? "package versions " + UNKNOWN
                : versions.entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", "));
    }

    private void build(Lineage.Build build) {
        line(
                "build",
                "run " + build.run() + ", attempt " + build.attempt() + ", " + build.buildTarget() + ", Unity "
                        + Objects.requireNonNullElse(build.unityVersion(), UNKNOWN));
        line("", "player " + sha256(build.player()));
        line(
                "",
                "behaviour from " + build.behaviourOrigin().toLowerCase(Locale.ROOT) + ", script "
                        + sha256(build.script()));
        Lineage.Project project = build.project();
        line("", "project " + project.path() + ", " + scenes(project));
        line("", "commit " + Objects.requireNonNullElse(project.gitCommit(), UNKNOWN) + dirty(project.gitDirty()));
    }

    private static String scenes(Lineage.Project project) {
        if (project.generated()) {
            return "a scene generated for the training";
        }
        return project.scenes().isEmpty()
                ? "the scenes of its build settings"
                : "scenes " + String.join(", ", project.scenes());
    }

    private static String dirty(@Nullable Boolean dirty) {
        if (dirty == null) {
            return "";
        }
        return dirty ? ", with changes that were not committed" : ", clean";
    }

    private void origin(Lineage.@Nullable Origin origin) {
        if (origin == null) {
            line("origin", "its job names none");
            return;
        }
        line(
                "origin",
                Stream.of(
                                part("artifact", origin.artifactId()),
                                part("of", origin.parentArtifactId()),
                                part("plan", origin.planId()),
                                part("agent", origin.agentName()),
                                part("repository", origin.repository()),
                                part("commit", origin.commitSha()),
                                part("by", origin.actor()))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    private static String part(String what, @Nullable String value) {
        return value == null ? "" : what + " " + value;
    }

    private static String sha256(Lineage.@Nullable Source file) {
        return file == null ? UNKNOWN : "sha256 " + file.sha256();
    }

    private void line(String what, String value) {
        lines.add(String.format(Locale.ROOT, "%-14s%s", what, value));
    }
}
