package dev.unitymlops.train.eventfile;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a TensorBoard event file: TFRecord framing (little-endian length, masked CRC-32C of the length, data, masked
 * CRC-32C of the data), each record an {@code Event} message.
 */
public final class EventFile {

    /** Far above any summary of the trainer (its largest record is the hyperparameters' text, some kilobytes). */
    private static final int LONGEST_RECORD = 64 << 20;

    private static final int MASK_DELTA = 0xa282ead8;

    private EventFile() {}

    /**
     * All summary values in file order. A record that is cut off at the end of the file, as a copy made while the
     * trainer writes may have, ends the file.
     *
     * @throws IOException when the file cannot be read, or a record's checksum or form is wrong
     */
    public static List<SummaryValue> read(Path file) throws IOException {
        List<SummaryValue> values = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long record = 0; ; record++) {
                byte[] data = next(in, file, record);
                if (data == null) {
                    return values;
                }
                values.addAll(EventMessage.parse(data));
            }
        }
    }

    private static byte @Nullable [] next(DataInputStream in, Path file, long record) throws IOException {
        try {
            byte[] length = in.readNBytes(Long.BYTES);
            if (length.length < Long.BYTES) {
                return null;
            }
            check(length, readIntLittleEndian(in), file, record);
            long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (size < 0 || size > LONGEST_RECORD) {
                throw new IOException(file + ": record " + record + " claims " + size + " bytes");
            }
            byte[] data = new byte[(int) size];
            in.readFully(data);
            check(data, readIntLittleEndian(in), file, record);
            return data;
        } catch (EOFException cutOff) {
            return null;
        }
    }

    private static int readIntLittleEndian(DataInputStream in) throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private static void check(byte[] data, int expected, Path file, long record) throws IOException {
        if (maskedCrc(data) != expected) {
            throw new IOException(file + ": record " + record + " is corrupt (checksum)");
        }
    }

    /** CRC-32C, rotated right by 15 bits plus a constant, as TensorFlow's {@code crc32c::Mask}. */
    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, data.length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }
}
