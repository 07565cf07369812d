package dev.unitymlops.registry.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks a model's protocol buffer in constant memory, before any library loads it. Messages and field numbers are those
 * of {@code onnx.proto}.
 */
final class ModelFileScan {

    /** Deeper than any exported graph of graphs, and safe for the stack. */
    private static final int DEEPEST = 64;

    private static final int MODEL_GRAPH = 7;
    private static final int TENSOR_DATA_LOCATION = 14;

    private boolean graph;
    private boolean external;

    private enum Message {
        MODEL,
        TRAINING_INFO,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR
    }

    /** All ways from a model to its tensors. */
    private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
            Message.MODEL, Map.of(MODEL_GRAPH, Message.GRAPH, 20, Message.TRAINING_INFO, 25, Message.FUNCTION),
            Message.TRAINING_INFO, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE, attribute(),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of());

    private ModelFileScan() {}

    /** One of each and many of each: tensors, graphs, sparse tensors. */
    private static Map<Integer, Message> attribute() {
        return Map.of(
                5,
                Message.TENSOR,
                10,
                Message.TENSOR,
                6,
                Message.GRAPH,
                11,
                Message.GRAPH,
                22,
                Message.SPARSE_TENSOR,
                23,
                Message.SPARSE_TENSOR);
    }

    /** What keeps the file from being loaded at all; empty when nothing does. */
    static List<String> problems(Path file) throws IOException {
        var scan = new ModelFileScan();
        try (InputStream in = Files.newInputStream(file)) {
            scan.read(CodedInputStream.newInstance(in), Message.MODEL, 0);
        } catch (InvalidProtocolBufferException e) {
            return List.of("is not a whole ONNX model: " + e.getMessage());
        }
        if (!scan.graph) {
            return List.of("is not an ONNX model: it has no graph");
        }
        return scan.external
                ? List.of(
                        "keeps tensors in other files (external data), which do not travel with it: save it as one file")
                : List.of();
    }

    private void read(CodedInputStream in, Message message, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new InvalidProtocolBufferException("it is nested more than " + DEEPEST + " deep");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            int type = WireFormat.getTagWireType(tag);
            Message child = type == WireFormat.WIRETYPE_LENGTH_DELIMITED ? childOf(message, field) : null;
            if (child != null) {
                graph |= message == Message.MODEL && field == MODEL_GRAPH;
                int outer = in.pushLimit(in.readRawVarint32());
                read(in, child, depth + 1);
                in.checkLastTagWas(0);
                if (in.getBytesUntilLimit() > 0) {
                    throw new InvalidProtocolBufferException("it ends inside of a " + child);
                }
                in.popLimit(outer);
            } else if (message == Message.TENSOR
                    && field == TENSOR_DATA_LOCATION
                    && type == WireFormat.WIRETYPE_VARINT) {
                external |= in.readEnum() != 0;
            } else if (!in.skipField(tag)) {
                throw new InvalidProtocolBufferException("it ends a group that it did not begin");
            }
        }
    }

    private static @Nullable Message childOf(Message message, int field) {
        Map<Integer, Message> fields = FIELDS.get(message);
        return fields == null ? null : fields.get(field);
    }
}
