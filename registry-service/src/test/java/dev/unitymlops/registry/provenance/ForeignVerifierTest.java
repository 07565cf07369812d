package dev.unitymlops.registry.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unitymlops.registry.registration.ModelVersion;
import dev.unitymlops.registry.registration.TestVersions;
import dev.unitymlops.testkit.PythonVenv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our provenance, judged by PyPI's in-toto-attestation and securesystemslib. Skipped where pip cannot install, unless MLOPS_REQUIRE_FOREIGN=true. */
class ForeignVerifierTest {

    private static final Path PYTHON_FILES = Path.of("src/test/python/provenance");
    private static final int SECONDS = 60;

    private static Path python;

    @TempDir
    Path folder;

    private ModelVersion version;

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        python = new PythonVenv(Path.of("target/provenance-verifier").toAbsolutePath())
                .with(PYTHON_FILES.resolve("requirements.txt"));
    }

    @BeforeEach
    void makeVersion() throws IOException {
        version = new TestVersions(folder).of("job-1", "one");
    }

    @Test
    void theStatementIsOneOfInTotoWithAPredicateOfSlsa() throws Exception {
        Path statement = write(Attestations.unsigned(), "Reach.intoto.json");

        assertThat(judged("statement", statement)).isEqualTo("valid");
        Path misspelt = folder.resolve("misspelt.json");
        Files.writeString(misspelt, Files.readString(statement).replace("resolvedDependencies", "dependencies"));
        assertThat(judged("statement", misspelt)).startsWith("refused: ParseError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "P-256"})
    void theSignatureIsThatOfTheKey(String kind) throws Exception {
        TestKeys keys = TestKeys.of(kind);
        Path bundle = write(signedBy(keys), "Reach.onnx.intoto.jsonl");

        assertThat(judged("envelope", bundle, keys.publicFile(folder))).isEqualTo("verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "P-256"})
    void anotherKeyAndAChangedStatementAreRefused(String kind) throws Exception {
        TestKeys keys = TestKeys.of(kind);
        Path bundle = write(signedBy(keys), "Reach.onnx.intoto.jsonl");
        Path publicKey = keys.publicFile(folder);

        Path changed = folder.resolve("changed.jsonl");
        Files.writeString(changed, withAnotherSeed(Files.readString(bundle)));
        assertThat(judged("envelope", changed, publicKey)).startsWith("refused: VerificationError");

        Path another = TestKeys.of(kind).publicFile(folder);
        assertThat(judged("envelope", bundle, another)).startsWith("refused: VerificationError");
    }

    private Attestations signedBy(TestKeys keys) throws IOException {
        return Attestations.signedBy(SigningKey.read(keys.file(folder)));
    }

    private Path write(Attestations attestations, String name) throws IOException {
        Map<String, byte[]> files = attestations.of(version, "Reach.onnx");
        assertThat(files).containsKey(name);
        return Files.write(folder.resolve(name), files.get(name));
    }

    private static String withAnotherSeed(String line) {
        String payload = line.replaceAll(".*\"payload\":\"([^\"]+)\".*\\R", "$1");
        String statement = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
        String changed = statement.replace("\"seed\" : 42", "\"seed\" : 43");
        assertThat(changed).isNotEqualTo(statement);
        return line.replace(payload, Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8)));
    }

    private String judged(String what, Path... files) throws Exception {
        var command = new ArrayList<>(
                List.of(python.toString(), PYTHON_FILES.resolve("judge.py").toString(), what));
        for (Path file : files) {
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("stderr")))
                    .isZero();
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
