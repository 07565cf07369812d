package dev.unitymlops.simulated.editor;

import java.nio.file.Path;
import java.util.List;

/** The Java that runs this process, and how to start another quickly. */
final class Jvm {

    /** For short or mostly waiting programs: quick to start, small, no second thread for the compiler's best. */
    static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xss512k",
            "-Xmx64m",
            "-Dio.netty.noUnsafe=true",
            "-Dio.netty.allocator.numHeapArenas=1",
            "-Dio.netty.allocator.numDirectArenas=1");

    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
