package dev.unitymlops.build;

import dev.unitymlops.runtime.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Settings of build-service besides those of any stage.
 *
 * @param unityExecutable the editor
 * @param unityProject project of jobs that name none
 * @param unityEnvironment names of variables that Unity gets besides the allow-list, such as those of its licence
 * @param workFolder where working copies of projects lie, on the local disk
 * @param behaviourSourceHosts hosts in the build host's own network from which behaviours may be fetched, lower case
 */
public record BuildConfig(
        String unityExecutable,
        Path unityProject,
        List<String> unityEnvironment,
        Path workFolder,
        List<String> behaviourSourceHosts) {

    public static BuildConfig from(Settings.Reader settings) {
        return new BuildConfig(
                settings.key("unity.executable", "The Unity editor that builds.")
                        .env("UNITY_EXECUTABLE")
                        .text("Unity"),
                settings.key("unity.project-path", "Project of jobs whose unity_project_path is '.'.")
                        .env("UNITY_PROJECT_PATH")
                        .path(Path.of(".")),
                settings.key("unity.environment", "Names of environment variables that are passed on to Unity.")
                        .list(List.of()),
                settings.key("work.dir", "Where working copies of projects and their Library lie; a local disk.")
                        .path(Path.of("work")),
                settings
                        .key("behaviour-source.hosts", "Internal hosts that behaviour_source.uri may name.")
                        .list(List.of())
                        .stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .toList());
    }
}
