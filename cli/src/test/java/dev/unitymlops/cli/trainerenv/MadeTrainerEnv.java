package dev.unitymlops.cli.trainerenv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs made for a test, in a folder. */
public final class MadeTrainerEnv {
    private MadeTrainerEnv() {}

    /** A virtual environment whose Python says that these versions are in it. */
    public static Path withTorch(Path folder, String torch) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path python = program(bin, "python", """
                #!/bin/sh
                printf '%%s\\n' python=3.11.2 mlagents=1.1.0 torch=%s numpy=1.23.5 protobuf=3.20.3 setuptools=80.9.0 \\
                  onnx=1.15.0 grpcio=1.53.2
                """.formatted(torch));
        program(bin, "mlagents-learn", "#!" + python + "\n");
        return folder;
    }

    public static Path program(Path folder, String name, String text) throws IOException {
        Path program = Files.writeString(Files.createDirectories(folder).resolve(name), text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }
}
