package dev.unitymlops.simulated.player;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The side channels' part of a message: records of a 16-byte GUID, a length and a payload, all little-endian. The GUID is in
 * .NET's order: its first three groups little-endian, the rest as written.
 */
final class SideChannels {

    /** Values that the trainer sets; see {@link EnvironmentParameters}. */
    static final UUID ENVIRONMENT_PARAMETERS = UUID.fromString("534c891e-810f-11ea-a9d0-822485860400");

    private SideChannels() {}

    /** One record; the payload is little-endian and stands at its start. */
    record Message(UUID channel, ByteBuffer payload) {}

    /** @throws IllegalArgumentException when the bytes are cut short */
    static List<Message> parse(ByteString bytes) {
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<Message> messages = new ArrayList<>();
        while (buffer.hasRemaining()) {
            if (buffer.remaining() < 20) {
                throw new IllegalArgumentException("a side channel's record is cut short at its head");
            }
            UUID channel = readGuid(buffer);
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new IllegalArgumentException(
                        "a side channel's record says " + length + " bytes, " + buffer.remaining() + " are left");
            }
            messages.add(
                    new Message(channel, buffer.slice(buffer.position(), length).order(ByteOrder.LITTLE_ENDIAN)));
            buffer.position(buffer.position() + length);
        }
        return messages;
    }

    /** An int32 length and ASCII bytes. */
    static String readString(ByteBuffer payload) {
        byte[] text = new byte[payload.getInt()];
        payload.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static UUID readGuid(ByteBuffer buffer) {
        long high = Integer.toUnsignedLong(buffer.getInt()) << 32;
        high |= Short.toUnsignedLong(buffer.getShort()) << 16;
        high |= Short.toUnsignedLong(buffer.getShort());
        return new UUID(high, Long.reverseBytes(buffer.getLong()));
    }
}
