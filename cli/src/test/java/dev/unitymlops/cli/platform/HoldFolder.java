package dev.unitymlops.cli.platform;

import java.nio.file.Path;

/** A process that has a temporary folder in the folder named by its argument until its standard input ends. */
final class HoldFolder {
    private HoldFolder() {}

    public static void main(String[] arguments) throws Exception {
        try (var folder = TemporaryFolder.in(Path.of(arguments[0]))) {
            System.out.println(folder.path());
            System.in.transferTo(System.err);
        }
    }
}
