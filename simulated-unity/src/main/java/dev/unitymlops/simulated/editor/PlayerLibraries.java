package dev.unitymlops.simulated.editor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The part of this process's class path that the player and the editor need, wherever each library lies. */
final class PlayerLibraries {

    /** One class of each library. */
    private static final List<String> MARKERS = List.of(
            "dev.unitymlops.simulated.player.PlayerMain",
            "com.google.common.base.Preconditions",
            "com.google.common.util.concurrent.internal.InternalFutures",
            "com.google.gson.Gson",
            "com.google.protobuf.GeneratedMessageLite",
            "io.grpc.ManagedChannel",
            "io.grpc.internal.GrpcUtil",
            "io.grpc.netty.NettyChannelBuilder",
            "io.grpc.protobuf.lite.ProtoLiteUtils",
            "io.grpc.stub.ClientCalls",
            "io.grpc.util.ForwardingLoadBalancer",
            "io.netty.bootstrap.Bootstrap",
            "io.netty.buffer.ByteBuf",
            "io.netty.channel.unix.Unix",
            "io.netty.handler.codec.MessageToMessageCodec",
            "io.netty.handler.codec.compression.Brotli",
            "io.netty.handler.codec.http.HttpScheme",
            "io.netty.handler.codec.http2.Http2ConnectionHandler",
            "io.netty.handler.codec.socksx.SocksMessage",
            "io.netty.handler.proxy.ProxyHandler",
            "io.netty.handler.ssl.SslContext",
            "io.netty.resolver.AddressResolver",
            "io.netty.util.AsciiString",
            "io.perfmark.PerfMark");

    private PlayerLibraries() {}

    /** Jars and class folders, each once. */
    static List<Path> locate() {
        return MARKERS.stream().map(PlayerLibraries::home).distinct().toList();
    }

    /** Copies them into a folder; class folders (a build that is not packaged) become jars. */
    static void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path library : locate()) {
            if (Files.isDirectory(library)) {
                pack(library, folder.resolve("simulated-unity.jar"));
            } else {
                Files.copy(library, folder.resolve(library.getFileName()));
            }
        }
    }

    private static Path home(String marker) {
        try {
            Class<?> found = Class.forName(marker, false, PlayerLibraries.class.getClassLoader());
            CodeSource source = found.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IllegalStateException("The class " + marker + " does not say where it was loaded from.");
            }
            return Path.of(source.getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw new IllegalStateException(
                    "The player's library with " + marker + " is not on the class path.", missing);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                JarEntry entry = new JarEntry(classes.relativize(file).toString());
                entry.setTime(0);
                packed.putNextEntry(entry);
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }
}
