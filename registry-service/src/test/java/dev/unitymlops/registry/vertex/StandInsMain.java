package dev.unitymlops.registry.vertex;

import java.io.PrintStream;

/** Both stand-ins in a JVM of their own: prints where they are and ends when its input does. */
public final class StandInsMain {

    private static final PrintStream OUT = System.out;

    private StandInsMain() {}

    public static void main(String[] arguments) throws Exception {
        try (StandInVertex vertex = new StandInVertex(Faults.none());
                StandInBucket bucket = new StandInBucket(Faults.none())) {
            OUT.println(vertex.endpoint().url());
            OUT.println(bucket.endpoint().url());
            OUT.println("gs://" + StandInBucket.NAME + "/artifacts");
            while (System.in.read() >= 0) {}
        }
    }
}
