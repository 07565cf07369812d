package dev.unitymlops.registry.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unitymlops.registry.RegistryConfig;
import dev.unitymlops.runtime.InvalidSettings;
import dev.unitymlops.runtime.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    @TempDir
    Path folder;

    @Test
    void itsIdIsTheDigestOfThePublicKey() throws Exception {
        TestKeys keys = TestKeys.of("Ed25519");
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(keys.pair().getPublic().getEncoded());

        assertThat(SigningKey.read(keys.file(folder)).id())
                .isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void aFileWithoutBothKeysOfAKnownKindIsAProblemOfTheSettingsWithItsRemedy() throws Exception {
        TestKeys ed25519 = TestKeys.of("Ed25519");
        TestKeys large = TestKeys.of("P-384");

        assertThat(problem("hello")).contains("holds no block PRIVATE KEY");
        assertThat(problem("-----BEGIN PRIVATE KEY-----\nMC4x=x\n-----END PRIVATE KEY-----\n"))
                .contains("its block PRIVATE KEY is not Base64");
        assertThat(problem(ed25519.privatePem())).contains("holds no block PUBLIC KEY");
        assertThat(problem(large.privatePem() + large.publicPem())).contains("neither Ed25519 nor ECDSA");
        assertThat(problem(ed25519.privatePem() + large.publicPem())).contains("neither Ed25519 nor ECDSA");
        assertThat(problem(ed25519.privatePem() + TestKeys.of("Ed25519").publicPem()))
                .contains("its public key is not that of its private key")
                .doesNotContain(ed25519.privatePem().lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(problemWith(folder.resolve("gone.pem"))).contains("gone.pem", "there is no such file");
    }

    private String problem(String pem) throws Exception {
        return problemWith(Files.writeString(folder.resolve("key.pem"), pem));
    }

    private static String problemWith(Path file) {
        Settings settings = Settings.of(Map.of(
                "bootstrap.servers", "127.0.0.1:9092",
                "schema.registry.url", "http://127.0.0.1:8081",
                "provenance.signing-key", file.toString()));
        var invalid = catchThrowableOfType(InvalidSettings.class, () -> settings.read(RegistryConfig::from));
        assertThat(invalid.problems()).hasSize(1);
        return invalid.problems().getFirst().line();
    }
}
