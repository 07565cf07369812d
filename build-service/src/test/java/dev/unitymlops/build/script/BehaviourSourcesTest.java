package dev.unitymlops.build.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.unitymlops.build.Jobs;
import dev.unitymlops.events.AssetSpec;
import dev.unitymlops.events.BehaviourSource;
import dev.unitymlops.events.FailureCause;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehaviourSourcesTest {

    private static final String SCRIPT = "public class SimpleAgent : Unity.MLAgents.Agent {}\n";
    private static final AssetSpec ASSET = Jobs.with("{}").getAssetSpec();

    @TempDir
    Path root;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/agent.cs", 200, SCRIPT.getBytes(StandardCharsets.UTF_8));
        answer("/gone.cs", 404, new byte[0]);
        answer("/busy.cs", 503, new byte[0]);
        answer("/long.cs", 200, new byte[BehaviourSources.MOST_BYTES + 10]);
        server.createContext("/moved.cs", exchange -> {
            exchange.getResponseHeaders().add("Location", uri("/agent.cs"));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anInlineSourceIsTakenByteForByte() throws Exception {
        Behaviour behaviour =
                take(BehaviourSource.newBuilder().setContent(SCRIPT).build());

        assertThat(behaviour.source()).isEqualTo(SCRIPT);
        assertThat(behaviour.origin().word()).isEqualTo("upstream");
    }

    @Test
    void aFileIsTakenWhenItsHashIsRight() throws Exception {
        Path file = Files.writeString(root.resolve("a.cs"), SCRIPT);

        assertThat(take(at(file.toUri().toString(), SCRIPT)).source()).isEqualTo(SCRIPT);
    }

    @Test
    void anotherHashIsRefusedAndBothAreNamed() throws Exception {
        Path file = Files.writeString(root.resolve("a.cs"), SCRIPT);

        assertThat(refusal(at(file.toUri().toString(), "other")).getMessage())
                .contains(sha256(SCRIPT), sha256("other"));
    }

    @Test
    void aMissingFileIsTheUsers() throws Exception {
        StageFailure refusal = refusal(at(root.resolve("none.cs").toUri().toString(), SCRIPT));

        assertThat(refusal.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(refusal.getMessage()).contains("none.cs");
    }

    @Test
    void aSourceWithoutTheAssetsClassIsRefused() throws Exception {
        BehaviourSource source = BehaviourSource.newBuilder()
                .setContent("public class SimpleAgentTwo {}")
                .build();

        assertThat(refusal(source).getMessage()).contains("no class SimpleAgent");
    }

    @Test
    void aUriWithoutHashIsRefused() throws Exception {
        Path file = Files.writeString(root.resolve("a.cs"), SCRIPT);
        BehaviourSource source =
                BehaviourSource.newBuilder().setUri(file.toUri().toString()).build();

        assertThat(refusal(source).getMessage()).contains("sha256 is missing");
    }

    @Test
    void anInternalHostIsRefusedUnlessItIsListed() throws Exception {
        BehaviourSource source = at(uri("/agent.cs"), SCRIPT);

        StageFailure refusal = refusal(source, List.of());

        assertThat(refusal.failureCause()).isEqualTo(FailureCause.USER);
        assertThat(refusal.getMessage()).contains("behaviour-source.hosts");
        assertThat(take(source).source()).isEqualTo(SCRIPT);
    }

    @Test
    void anAnswerOtherThan200IsNoSource() throws Exception {
        assertThat(refusal(at(uri("/gone.cs"), SCRIPT)).failureCause()).isEqualTo(FailureCause.USER);
        assertThat(refusal(at(uri("/moved.cs"), SCRIPT)).failureCause()).isEqualTo(FailureCause.USER);
        assertThat(refusal(at(uri("/busy.cs"), SCRIPT)).failureCause()).isEqualTo(FailureCause.INFRASTRUCTURE);
    }

    @Test
    void aSourceOverAMebibyteIsRefused() throws Exception {
        assertThat(refusal(at(uri("/long.cs"), SCRIPT)).getMessage()).contains("longer than");
    }

    @Test
    void aDryRunCallsNoOtherHost() throws Exception {
        RemoteSource none = (uri, mostBytes) -> {
            throw new AssertionError("called " + uri);
        };
        BehaviourSources sources = new BehaviourSources(none);

        assertThat(sources.takeHere(at("https://studio.invalid/agent.cs", SCRIPT), ASSET))
                .isEmpty();
        assertThat(sources.takeHere(at("gs://studio/agent.cs", SCRIPT), ASSET)).isEmpty();
    }

    @Test
    void aDryRunTakesAndChecksWhatIsHere() throws Exception {
        Path file = Files.writeString(root.resolve("a.cs"), SCRIPT);
        BehaviourSources sources = new BehaviourSources(new HttpSource(List.of()));

        assertThat(sources.takeHere(at(file.toUri().toString(), SCRIPT), ASSET))
                .map(Behaviour::source)
                .contains(SCRIPT);
        assertThat(sources.takeHere(at(root.resolve("none.cs").toUri().toString(), SCRIPT), ASSET))
                .isEmpty();
        BehaviourSource another = at(file.toUri().toString(), "other");
        assertThat(catchThrowableOfType(StageFailure.class, () -> sources.takeHere(another, ASSET)))
                .hasMessageContaining(sha256("other"));
    }

    private Behaviour take(BehaviourSource source) throws Exception {
        return take(source, List.of(server.getAddress().getHostString()));
    }

    private static Behaviour take(BehaviourSource source, List<String> hosts) throws Exception {
        return new BehaviourSources(new HttpSource(hosts)).take(source, ASSET);
    }

    private StageFailure refusal(BehaviourSource source) {
        return refusal(source, List.of(server.getAddress().getHostString()));
    }

    private static StageFailure refusal(BehaviourSource source, List<String> hosts) {
        return catchThrowableOfType(StageFailure.class, () -> take(source, hosts));
    }

    private static BehaviourSource at(String uri, String hashOf) throws Exception {
        return BehaviourSource.newBuilder()
                .setUri(uri)
                .setSha256(sha256(hashOf))
                .build();
    }

    private String uri(String path) {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + path;
    }

    private void answer(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
