package dev.unitymlops.registry.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.unitymlops.job.Spaces;
import dev.unitymlops.registry.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Checks damaged copies of one model, one after the other, in this process: {@code FuzzMain <model> <from> <to>}; tells each before it is loaded. */
final class FuzzMain {

    private static final int MOST_FLIPS = 8;

    private FuzzMain() {}

    /** The copy of a number: the same each time. */
    static byte[] damaged(byte[] model, int number) {
        Random random = new Random(number);
        byte[] copy = model.clone();
        for (int flips = 1 + random.nextInt(MOST_FLIPS); flips > 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return copy;
    }

    public static void main(String[] args) throws Exception {
        byte[] model = Files.readAllBytes(Path.of(args[0]));
        OrtEnvironment runtime = OnnxRuntime.environment();
        Optional<Spaces> spaces = Optional.of(Spaces.of(Jobs.continuous()));
        int refused = 0;
        for (int number = Integer.parseInt(args[1]); number < Integer.parseInt(args[2]); number++) {
            Path file = Files.write(Path.of("damaged.onnx"), damaged(model, number));
            System.out.println("copy " + number);
            List<String> problems = ModelFileScan.problems(file);
            refused += (problems.isEmpty() ? TrialMain.problems(runtime, file, spaces) : problems).isEmpty() ? 0 : 1;
        }
        System.out.println("refused " + refused);
        Runtime.getRuntime().halt(0);
    }
}
