package dev.unitymlops.cli.platform;

import dev.unitymlops.stage.folders.ForgottenFolders;
import dev.unitymlops.stage.folders.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;

/** The temporary folders of {@code mlops run}. */
final class RunFolders {
    private static final String PREFIX = "mlops-run-";

    private RunFolders() {}

    static TemporaryFolder create() throws IOException {
        return TemporaryFolder.in(place(), PREFIX);
    }

    /** Deletes what runs left that were killed. */
    static void deleteForgotten() {
        ForgottenFolders.deleteIn(place(), PREFIX);
    }

    private static Path place() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
