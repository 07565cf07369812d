package dev.unitymlops.train.eventfile;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes TensorBoard event files, as TensorFlow's {@code event.proto} and {@code summary.proto} say. */
public final class EventFiles {

    private EventFiles() {}

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    public static byte[] framed(byte[]... records) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] record : records) {
            byte[] length = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(record.length)
                    .array();
            file.writeBytes(length);
            file.writeBytes(checksum(length));
            file.writeBytes(record);
            file.writeBytes(checksum(record));
        }
        return file.toByteArray();
    }

    public static byte[] version() {
        return message(out -> {
            out.writeDouble(1, 1.7e9);
            out.writeString(3, "brain.Event:2");
        });
    }

    public static byte[] scalar(long step, String tag, float value) {
        return event(step, out -> {
            out.writeString(1, tag);
            out.writeFloat(2, value);
        });
    }

    public static byte[] histogram(long step, String tag, double count) {
        byte[] histogram = message(out -> {
            out.writeDouble(1, -1);
            out.writeDouble(2, 1);
            out.writeDouble(3, count);
        });
        return event(step, out -> {
            out.writeString(1, tag);
            out.writeByteArray(5, histogram);
        });
    }

    private static byte[] event(long step, Fields value) {
        byte[] summary = message(out -> out.writeByteArray(1, message(value)));
        return message(out -> {
            out.writeDouble(1, 1.7e9);
            out.writeInt64(2, step);
            out.writeByteArray(5, summary);
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] checksum(byte[] data) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(EventFile.maskedCrc(data))
                .array();
    }
}
