package dev.unitymlops.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unitymlops.events.Problem;
import dev.unitymlops.events.TrainingJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A job file: YAML 1.2 (JSON schema) or JSON, with the original pipeline's field names. */
public final class JobFile {
    /** Largest file that is read, in bytes, or characters of a text. */
    public static final int MAX_SIZE = 1 << 20;

    /** The field that problems of the file as a whole are told of. */
    static final String WHOLE = "file";

    private JobFile() {}

    /** What reading found; nothing is thrown for bad input. */
    public sealed interface Result {}

    /** A job that {@link JobRules} accepts, and remarks on what it does not say or says to no effect. */
    public record Valid(TrainingJob job, List<String> warnings) implements Result {}

    /** Everything that is wrong with the file. */
    public record Invalid(List<Problem> problems) implements Result {}

    /** The commented job file that {@code mlops init} writes. */
    public static String template() {
        try (InputStream in = JobFile.class.getResourceAsStream("init.yaml")) {
            return new String(Objects.requireNonNull(in, "init.yaml").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("init.yaml of this program cannot be read", e);
        }
    }

    /** Reads a file whose paths are of this machine. */
    public static Result read(Path file, JobDefaults defaults) {
        return read(file, defaults, Where.HERE);
    }

    public static Result read(Path file, JobDefaults defaults, Where where) {
        String name = file.toString();
        try {
            if (Files.size(file) > MAX_SIZE) {
                return unreadable(name, "is larger than " + MAX_SIZE + " bytes", "Give a job file.");
            }
            return parse(Files.readString(file), defaults, where);
        } catch (NoSuchFileException e) {
            return unreadable(name, "does not exist", "Check the path; `mlops init` writes a job file.");
        } catch (CharacterCodingException e) {
            return unreadable(name, "is not UTF-8 text", "Save it as UTF-8.");
        } catch (IOException e) {
            return unreadable(name, "cannot be read: " + e, "Check the path and its permissions.");
        }
    }

    private static Result unreadable(String name, String message, String remedy) {
        Findings findings = new Findings();
        findings.problem(WHOLE, name, message, remedy);
        return new Invalid(findings.problems());
    }

    public static Result parse(String text, JobDefaults defaults) {
        return parse(text, defaults, Where.HERE);
    }

    public static Result parse(String text, JobDefaults defaults, Where where) {
        Findings findings = new Findings();
        if (text.length() > MAX_SIZE) {
            return unreadable("", "is larger than " + MAX_SIZE + " characters", "Give a job file.");
        }
        JsonNode tree = tree(text.startsWith("\uFEFF") ? text.substring(1) : text, findings);
        TrainingJob job = tree == null ? null : job(tree, defaults, findings);
        if (job != null) {
            findings.addUnlessKnown(JobRules.inspect(job, where));
        }
        return job == null || findings.hasProblems()
                ? new Invalid(findings.problems())
                : new Valid(job, findings.warnings());
    }

    private static @Nullable TrainingJob job(JsonNode tree, JobDefaults defaults, Findings findings) {
        if (tree instanceof ObjectNode object) {
            OlderNames.rewrite(object, findings);
            defaults.fill(object, findings);
        }
        return JobJson.read(tree, findings);
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
