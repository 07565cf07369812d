package dev.unitymlops.build;

import dev.unitymlops.runtime.Settings;
import dev.unitymlops.stage.StageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Settings of build-service.
 *
 * @param stage those of every stage
 * @param unityExecutable the editor
 * @param unityProject project of jobs that name none
 * @param unityEnvironment names of variables that Unity gets besides the allow-list, such as those of its licence
 * @param behaviourSourceHosts hosts in the build host's own network from which behaviours may be fetched, lower case
 */
public record BuildConfig(
        StageConfig stage,
        String unityExecutable,
        Path unityProject,
        List<String> unityEnvironment,
        List<String> behaviourSourceHosts) {

    public static BuildConfig from(Settings.Reader settings) {
        List<String> hosts = settings.key(
                        "behaviour-source.hosts", "Internal hosts that behaviour_source.uri may name.")
                .list(List.of());
        return new BuildConfig(
                StageConfig.from(settings),
                settings.key("unity.executable", "The Unity editor that builds.")
                        .env("UNITY_EXECUTABLE")
                        .text("Unity"),
                settings.key("unity.project-path", "Project of jobs whose unity_project_path is '.'.")
                        .env("UNITY_PROJECT_PATH")
                        .path(Path.of(".")),
                settings.key("unity.environment", "Names of environment variables that are passed on to Unity.")
                        .list(List.of()),
                hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
    }
}
