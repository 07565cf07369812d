package dev.unitymlops.stage.folders;

import java.nio.file.Path;

/** A process that has a temporary folder in the folder named by its argument until its standard input ends. */
final class HoldFolder {
    static final String PREFIX = "held-";

    private HoldFolder() {}

    public static void main(String[] arguments) throws Exception {
        try (var folder = TemporaryFolder.in(Path.of(arguments[0]), PREFIX)) {
            System.out.println(folder.path());
            System.in.transferTo(System.err);
        }
    }
}
