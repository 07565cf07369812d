package dev.unitymlops.train.mlagents;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a file is a whole ONNX model; whether it computes what it should is for the registry to find out. */
final class OnnxFile {

    /** {@code ModelProto.graph} of {@code onnx.proto}. */
    private static final int GRAPH = 7;

    private OnnxFile() {}

    /** What is wrong with the file, if anything: it is missing, empty, cut off or no ONNX model. */
    static Optional<String> problem(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of("the trainer wrote no " + file.getFileName());
        }
        if (Files.size(file) == 0) {
            return Optional.of(file.getFileName() + " is empty");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return hasGraph(CodedInputStream.newInstance(in))
                    ? Optional.empty()
                    : Optional.of(file.getFileName() + " is not an ONNX model: it has no graph");
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            return Optional.of(file.getFileName() + " is not a whole ONNX model: " + e.getMessage());
        }
    }

    private static boolean hasGraph(CodedInputStream in) throws IOException {
        boolean graph = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            graph |= WireFormat.getTagFieldNumber(tag) == GRAPH;
            if (!in.skipField(tag)) {
                return false;
            }
        }
        return graph;
    }
}
