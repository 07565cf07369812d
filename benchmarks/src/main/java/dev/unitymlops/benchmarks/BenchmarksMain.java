package dev.unitymlops.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code benchmarks/run}: one subcommand per benchmark. */
@Command(
        name = "benchmarks/run",
        description = "Measures unity-mlops on this machine.",
        subcommands = {PipelineBenchmark.class, IdleBenchmark.class, SchedulesBenchmark.class, ScalingBenchmark.class})
public final class BenchmarksMain {

    private BenchmarksMain() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(BenchmarksMain.class).execute(args));
    }
}
