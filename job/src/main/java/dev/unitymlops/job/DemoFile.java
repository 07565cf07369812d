package dev.unitymlops.job;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of an ML-Agents demonstration: who recorded it, its action spec, and the shapes of the first step's
 * observations. The file is a length-delimited {@code DemonstrationMetaProto} at offset 0, a {@code BrainParametersProto}
 * at offset 33, then one {@code AgentInfoActionPairProto} per step ({@code demo_loader.py}).
 *
 * @param steps recorded steps
 * @param discreteBranches choices of each discrete action
 * @param observationShapes in the order of the agent's sensors
 */
public record DemoFile(
        String behaviorName,
        int steps,
        int continuousActions,
        List<Integer> discreteBranches,
        List<List<Integer>> observationShapes) {
    /** Enough for the head and one step of visual observations. */
    private static final int HEAD_BYTES = 8 << 20;

    private static final int BRAIN_OFFSET = 33;

    public DemoFile {
        discreteBranches = List.copyOf(discreteBranches);
        observationShapes = List.copyOf(observationShapes);
    }

    /**
     * Reads the head of a file.
     *
     * @throws IOException when the file cannot be read or is no demonstration, saying why
     */
    public static DemoFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD_BYTES));
        }
    }

    /** As {@link #read}, for the first bytes of a file. */
    static DemoFile of(byte[] head) throws IOException {
        if (head.length <= BRAIN_OFFSET) {
            throw new IOException("it is only " + head.length + " bytes long");
        }
        try {
            return parse(head);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("it is not in the .demo format: " + e.getMessage(), e);
        }
    }

    private static DemoFile parse(byte[] head) throws IOException {
        Head read = new Head();
        message(CodedInputStream.newInstance(head), read::meta);
        if (read.steps < 1) {
            throw new IOException("it holds no step");
        }
        CodedInputStream rest = CodedInputStream.newInstance(head, BRAIN_OFFSET, head.length - BRAIN_OFFSET);
        message(rest, read::brain);
        message(rest, read::pair);
        return read.result();
    }

    /** Reads one field of a message; false when it is of no interest. */
    @FunctionalInterface
    private interface FieldReader {
        boolean read(int field, CodedInputStream in) throws IOException;
    }

    /** A message with its length before it. */
    private static void message(CodedInputStream in, FieldReader fields) throws IOException {
        int before = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!fields.read(WireFormat.getTagFieldNumber(tag), in)) {
                in.skipField(tag);
            }
        }
        in.popLimit(before);
    }

    /** What has been read so far. */
    private static final class Head {
        private String name = "";
        private int steps;
        private int continuous;
        private boolean legacyContinuous;
        private final List<Integer> branches = new ArrayList<>();
        private final List<Integer> legacySizes = new ArrayList<>();
        private final List<List<Integer>> shapes = new ArrayList<>();

        boolean meta(int field, CodedInputStream in) throws IOException {
            if (field == 3) {
                steps = in.readInt32();
            }
            return field == 3;
        }

        boolean brain(int field, CodedInputStream in) throws IOException {
            switch (field) {
                case 3 -> packed(in, legacySizes);
                case 6 -> legacyContinuous = in.readEnum() == 1;
                case 7 -> name = in.readString();
                case 9 -> message(in, this::actionSpec);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean actionSpec(int field, CodedInputStream in) throws IOException {
            switch (field) {
                case 1 -> continuous = in.readInt32();
                case 3 -> packed(in, branches);
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean pair(int field, CodedInputStream in) throws IOException {
            if (field == 1) {
                message(in, this::agentInfo);
            }
            return field == 1;
        }

        private boolean agentInfo(int field, CodedInputStream in) throws IOException {
            if (field == 13) {
                List<Integer> shape = new ArrayList<>();
                message(in, (part, observation) -> {
                    if (part == 1) {
                        packed(observation, shape);
                    }
                    return part == 1;
                });
                shapes.add(List.copyOf(shape));
            }
            return field == 13;
        }

        private static void packed(CodedInputStream in, List<Integer> values) throws IOException {
            int before = in.pushLimit(in.readRawVarint32());
            while (!in.isAtEnd()) {
                values.add(in.readInt32());
            }
            in.popLimit(before);
        }

        /** Old files have only the deprecated fields: the trainer falls back to them when the action spec is empty. */
        DemoFile result() {
            boolean legacy = continuous == 0 && branches.isEmpty();
            int newest = legacy && legacyContinuous && !legacySizes.isEmpty() ? legacySizes.getFirst() : continuous;
            List<Integer> discrete = legacy && !legacyContinuous ? legacySizes : branches;
            return new DemoFile(name, steps, newest, discrete, shapes);
        }
    }
}
