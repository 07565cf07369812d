package dev.unitymlops.registry.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A protocol buffer written field by field, so that it may say what no library would write. Numbers are those of onnx.proto. */
final class OnnxBytes {

    static final int FLOAT = 1;
    static final int INT64 = 7;

    private OnnxBytes() {}

    static ByteString join(ByteString... parts) {
        return Arrays.stream(parts).reduce(ByteString.EMPTY, ByteString::concat);
    }

    static ByteString field(int number, ByteString content) {
        return write(out -> out.writeBytes(number, content));
    }

    static ByteString field(int number, String text) {
        return field(number, ByteString.copyFrom(text, StandardCharsets.UTF_8));
    }

    static ByteString field(int number, long value) {
        return write(out -> out.writeInt64(number, value));
    }

    /** A field whose content is not as long as it says. */
    static ByteString claiming(int number, int length, ByteString content) {
        return write(out -> {
            out.writeTag(number, 2);
            out.writeUInt32NoTag(length);
            out.writeRawBytes(content);
        });
    }

    /** A whole model of opset 9, as ML-Agents writes. */
    static byte[] model(ByteString... graph) {
        return join(field(1, 4), field(8, field(2, 9)), field(7, join(field(2, "g"), join(graph))))
                .toByteArray();
    }

    static ByteString node(String operator, String input, String output, ByteString... attributes) {
        ByteString inputs = input.isEmpty() ? ByteString.EMPTY : field(1, input);
        return field(1, join(inputs, field(2, output), field(4, operator), join(attributes)));
    }

    /** An attribute that is a graph. */
    static ByteString subgraph(String name, ByteString... graph) {
        return field(5, join(field(1, name), field(6, join(field(2, "s"), join(graph))), field(20, 5)));
    }

    /** An initializer; the content is what it says, not what its dimensions ask for. */
    static ByteString initializer(String name, int type, ByteString content, long... dimensions) {
        ByteString dims =
                Arrays.stream(dimensions).mapToObj(each -> field(1, each)).reduce(ByteString.EMPTY, ByteString::concat);
        return field(5, join(dims, field(2, type), field(8, name), content));
    }

    static ByteString int64s(long... values) {
        byte[] raw = new byte[values.length * Long.BYTES];
        var buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(buffer::putLong);
        return field(9, ByteString.copyFrom(raw));
    }

    static ByteString output(String name, int type) {
        return field(12, join(field(1, name), field(2, field(1, field(1, type)))));
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static ByteString write(Writing writing) {
        var bytes = ByteString.newOutput();
        var out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString();
    }
}
