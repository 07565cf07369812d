package dev.unitymlops.registry.registration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How registries write JSON for people: snake_case, indented, the same bytes on every system. */
public final class RegistryJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private RegistryJson() {}

    public static byte[] bytes(Object value) throws IOException {
        return (MAPPER.writer(PRINTER).writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file of the registry.
     *
     * @throws IOException when it cannot be read or somebody has changed what it means, naming the file
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return read(Files.readAllBytes(file), file.toString(), type);
    }

    /**
     * Reads what a registry wrote.
     *
     * @param where it is, for messages
     * @throws IOException when somebody has changed what it means
     */
    public static <T> T read(byte[] content, String where, Class<T> type) throws IOException {
        try {
            return MAPPER.readValue(content, type);
        } catch (JacksonException e) {
            throw new IOException(where + " is not as the registry wrote it: " + e.getOriginalMessage(), e);
        }
    }
}
