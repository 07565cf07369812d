package dev.unitymlops.simulated.editor;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was built: the build method's {@code build-report.json} beside its specification.
 *
 * @param sizeBytes of the player with its data
 * @param seconds that the build took
 */
record BuildReport(
        String result,
        String unityVersion,
        String target,
        List<String> scenes,
        long sizeBytes,
        double seconds,
        int errors,
        int warnings) {

    static BuildReport success(List<String> scenes, long sizeBytes, double seconds) {
        return new BuildReport(
                "Succeeded", SimulatedProject.EDITOR_VERSION, "StandaloneLinux64", scenes, sizeBytes, seconds, 0, 0);
    }

    void writeBeside(Path specification) throws IOException {
        String json = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
                .create()
                .toJson(this);
        Files.writeString(specification.resolveSibling("build-report.json"), json + "\n");
    }
}
