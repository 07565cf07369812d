package dev.unitymlops.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML 1.2 (JSON schema) or JSON, bounded in size and depth.
 *
 * @param ifTooLarge what to do about a file that is too large
 * @param ifAbsent what to do about a file that does not exist
 */
public record ReadTree(String ifTooLarge, String ifAbsent) {
    /** Largest file that is read, in bytes, or characters of a text. */
    public static final int MAX_SIZE = 1 << 20;

    /** The field that problems of the file as a whole are told of. */
    public static final String WHOLE = "file";

    /** The tree, or null when there is none; what is wrong is told. */
    public @Nullable JsonNode ofFile(Path file, Findings findings) {
        String name = file.toString();
        try {
            if (Files.size(file) <= MAX_SIZE) {
                return ofText(Files.readString(file), findings);
            }
            findings.problem(WHOLE, name, "is larger than " + MAX_SIZE + " bytes", ifTooLarge);
        } catch (NoSuchFileException e) {
            findings.problem(WHOLE, name, "does not exist", ifAbsent);
        } catch (CharacterCodingException e) {
            findings.problem(WHOLE, name, "is not UTF-8 text", "Save it as UTF-8.");
        } catch (IOException e) {
            findings.problem(WHOLE, name, "cannot be read: " + e, "Check the path and its permissions.");
        }
        return null;
    }

    /** The tree, or null when there is none; what is wrong is told. */
    public @Nullable JsonNode ofText(String text, Findings findings) {
        if (text.length() > MAX_SIZE) {
            findings.problem(WHOLE, "", "is larger than " + MAX_SIZE + " characters", ifTooLarge);
            return null;
        }
        return tree(text.startsWith("\uFEFF") ? text.substring(1) : text, findings);
    }

    /** JSON is read as JSON where it is JSON: YAML forbids tabs that JSON allows. */
    private static @Nullable JsonNode tree(String text, Findings findings) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return Json.parse(text);
            } catch (JsonProcessingException e) {
                return YamlTree.read(text, Scalars.YAML_1_2, "", findings);
            }
        }
        return YamlTree.read(text, Scalars.YAML_1_2, "", findings);
    }
}
