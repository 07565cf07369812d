package dev.unitymlops.cli.platform;

import dev.unitymlops.stage.folders.ForgottenFolders;
import dev.unitymlops.stage.folders.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The temporary folders of {@code mlops run}. */
public final class RunFolders {
    private static final String PREFIX = "mlops-run-";

    private RunFolders() {}

    static TemporaryFolder create() throws IOException {
        return TemporaryFolder.in(place(), PREFIX);
    }

    /** Deletes what runs left that were killed. */
    static void deleteForgotten() {
        ForgottenFolders.deleteIn(place(), PREFIX);
    }

    /** What runs left that were killed. */
    public static List<Path> forgotten() throws IOException {
        return ForgottenFolders.in(place(), PREFIX);
    }

    private static Path place() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
