package dev.unitymlops.cloudstorage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A CRC32C as Cloud Storage writes it. One thread. */
final class Crc32c {

    private static final int READ = 64 << 10;

    private final CRC32C crc = new CRC32C();

    static Crc32c of(Path file) throws IOException {
        Crc32c crc = new Crc32c();
        byte[] buffer = new byte[READ];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.crc.update(buffer, 0, read);
            }
        }
        return crc;
    }

    /** Takes what is left in the buffer, without consuming it. */
    Crc32c update(ByteBuffer content) {
        crc.update(content.duplicate());
        return this;
    }

    /** Base64 of the big-endian value. */
    String text() {
        byte[] value =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }
}
