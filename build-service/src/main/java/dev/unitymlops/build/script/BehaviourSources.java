package dev.unitymlops.build.script;

import dev.unitymlops.build.script.Behaviour.Origin;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BehaviourSource;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes an upstream's finished behaviour, inline or from a URI, and checks that it is what the job names. */
public final class BehaviourSources {

    /** Far above any script people write; bounds what a wrong URI can pull in. */
    static final int MOST_BYTES = 1 << 20;

    private final RemoteSource remote;

    public BehaviourSources(RemoteSource remote) {
        this.remote = remote;
    }

    /**
     * The source, byte for byte.
     *
     * @throws StageFailure when it cannot be had, is not what its sha256 says, or declares no class of the asset's name
     */
    public Behaviour take(BehaviourSource source, AssetSpec asset) throws StageFailure, InterruptedException {
        requireHash(source);
        byte[] bytes = bytes(source);
        if (bytes.length > MOST_BYTES) {
            throw StageFailure.user("behaviour_source is longer than " + MOST_BYTES + " bytes; hand over one script");
        }
        verify(source, bytes);
        String text = text(bytes);
        requireClass(text, asset.getName());
        return new Behaviour(text, Origin.UPSTREAM, "");
    }

    /**
     * The source as far as a dry run has it: one that lies in this text or in a file of this host is taken and checked,
     * any other is not fetched, and a file that is not here is no error.
     *
     * @return empty when a build would have to fetch it first
     * @throws StageFailure when it is here and {@link #take} would refuse it
     */
    public Optional<Behaviour> takeHere(BehaviourSource source, AssetSpec asset)
            throws StageFailure, InterruptedException {
        requireHash(source);
        return isHere(source) ? Optional.of(take(source, asset)) : Optional.empty();
    }

    private static boolean isHere(BehaviourSource source) throws StageFailure {
        if (source.getUri() == null) {
            return true;
        }
        URI uri = uri(source.getUri());
        if (!"file".equalsIgnoreCase(uri.getScheme())) {
            return false;
        }
        try {
            return Files.exists(Path.of(uri));
        } catch (IllegalArgumentException notAPath) {
            throw unreadable(uri, notAPath);
        }
    }

    private byte[] bytes(BehaviourSource source) throws StageFailure, InterruptedException {
        if (source.getContent() != null) {
            return source.getContent().getBytes(StandardCharsets.UTF_8);
        }
        if (source.getUri() == null) {
            throw StageFailure.user("behaviour_source has neither content nor uri; give one of them");
        }
        URI uri = uri(source.getUri());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.startsWith("http") ? remote.fetch(uri, MOST_BYTES) : read(uri);
    }

    private static URI uri(String text) throws StageFailure {
        try {
            return new URI(text);
        } catch (java.net.URISyntaxException wrong) {
            throw StageFailure.user("behaviour_source.uri '" + text + "' is not a URI: " + wrong.getReason());
        }
    }

    private static byte[] read(URI uri) throws StageFailure {
        try (InputStream in = Files.newInputStream(Path.of(uri))) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (IllegalArgumentException | FileSystemNotFoundException notOurs) {
            throw unreadable(uri, notOurs);
        } catch (java.nio.file.NoSuchFileException missing) {
            throw StageFailure.user("behaviour_source.uri '" + uri + "' does not exist on this build host")
                    .because(missing);
        } catch (IOException broken) {
            throw StageFailure.infrastructure("behaviour_source.uri '" + uri + "' cannot be read: " + broken)
                    .because(broken);
        }
    }

    private static StageFailure unreadable(URI uri, RuntimeException reason) {
        return StageFailure.user("behaviour_source.uri '" + uri + "' cannot be read here (" + reason.getMessage()
                + "); use an absolute file: or https: URI");
    }

    private static void requireHash(BehaviourSource source) throws StageFailure {
        if (source.getUri() != null && source.getSha256() == null) {
            throw StageFailure.user("behaviour_source.sha256 is missing; it is required with uri");
        }
    }

    private static void verify(BehaviourSource source, byte[] bytes) throws StageFailure {
        String expected = source.getSha256();
        if (expected == null) {
            return;
        }
        String found = sha256(bytes);
        if (!found.equalsIgnoreCase(expected)) {
            throw StageFailure.user("behaviour_source has sha256 " + found + ", the job says " + expected);
        }
    }

    private static String text(byte[] bytes) throws StageFailure {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw StageFailure.user("behaviour_source is not UTF-8 text").because(notText);
        }
    }

    /** Unity finds a script's class by the name of its file, which is the asset's name. */
    private static void requireClass(String source, String name) throws StageFailure {
        if (!Pattern.compile("\\bclass\\s+" + Pattern.quote(name) + "\\b")
                .matcher(source)
                .find()) {
            throw StageFailure.user("behaviour_source declares no class " + name
                    + "; name the class as asset_spec.name, because Unity looks for it in " + name + ".cs");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
