package dev.unitymlops.system.clusters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A key with a certificate of its own for 127.0.0.1, made by the JDK's keytool.
 *
 * @param keystore PKCS12, key and store under {@link #PASSWORD}
 * @param certificate PEM, what others trust it by
 */
record SelfSigned(Path keystore, Path certificate) {
    static final String PASSWORD = "of-this-test";
    static final String ALIAS = "it";

    static SelfSigned make(Path folder, String name) throws Exception {
        Path keystore = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + "-keytool.log").toFile())
                .start();
        if (!keytool.waitFor(5, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("keytool made no key, see " + folder);
        }
        var store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(store.getCertificate(ALIAS).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return new SelfSigned(keystore, Files.writeString(folder.resolve(name + ".pem"), pem));
    }
}
