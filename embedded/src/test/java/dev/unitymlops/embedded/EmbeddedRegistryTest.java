package dev.unitymlops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.embedded.RegistryCalls.Answer;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest extends RegistryContract {
    private static final String NUMBER = "\"int\"";
    private static final String WORD = "\"string\"";

    private final String journal = "schemas-" + UUID.randomUUID();
    private EmbeddedRegistry registry;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(options());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Override
    String url() {
        return registry.url();
    }

    @Override
    void restart() {
        registry.close();
        start();
    }

    @Test
    void everySubjectIsFullTransitiveUntilToldOtherwise() throws Exception {
        calls().idOf("a", NUMBER);
        assertThat(calls().register("a", WORD).errorCode()).isEqualTo(40901);
        assertThat(calls().get("/config").body().path("compatibilityLevel").asText())
                .isEqualTo("FULL_TRANSITIVE");
        assertThat(calls().get("/config/a").errorCode()).isEqualTo(40408);

        calls().put("/config/a", Map.of("compatibility", "NONE"));
        assertThat(calls().register("a", WORD).status()).isEqualTo(200);
        calls().put("/config", Map.of("compatibility", "BACKWARD"));
        restart();
        assertThat(calls().get("/config/a").body().path("compatibilityLevel").asText())
                .isEqualTo("NONE");
        assertThat(calls().delete("/config/a").status()).isEqualTo(200);
        assertThat(calls().get("/config/a?defaultToGlobal=true")
                        .body()
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("BACKWARD");
    }

    @Test
    void aDeletedSubjectIsGoneButItsIdsAreAnswered() throws Exception {
        int id = calls().idOf("a", NUMBER);
        assertThat(calls().delete("/subjects/a").body().toString()).isEqualTo("[1]");
        restart();
        assertThat(calls().get("/subjects").body()).isEmpty();
        assertThat(calls().get("/subjects?deleted=true").body().toString()).isEqualTo("[\"a\"]");
        assertThat(calls().get("/subjects/a/versions/latest").errorCode()).isEqualTo(40401);
        assertThat(calls().get("/schemas/ids/" + id).body().path("schema").asText())
                .isEqualTo(NUMBER);

        assertThat(calls().idOf("a", NUMBER)).isEqualTo(id);
        assertThat(calls().get("/subjects/a/versions").body().toString()).isEqualTo("[2]");
    }

    @Test
    void oneVersionCanBeDeleted() throws Exception {
        calls().put("/config", Map.of("compatibility", "NONE"));
        calls().idOf("a", NUMBER);
        calls().idOf("a", WORD);
        assertThat(calls().delete("/subjects/a/versions/latest").body().asInt()).isEqualTo(2);
        assertThat(calls().get("/subjects/a/versions/latest")
                        .body()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(calls().delete("/subjects/a?permanent=true").status()).isEqualTo(422);
    }

    @Test
    void whatItDoesNotKnowIsAJsonError() throws Exception {
        Answer unknown = calls().get("/associations/resources/a");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.errorCode()).isEqualTo(404);
        assertThat(calls().delete("/schemas/types").errorCode()).isEqualTo(405);
        assertThat(calls().register("a", "no schema at all").errorCode()).isEqualTo(42201);
        assertThat(calls().post("/subjects/a/versions", Map.of("schema", NUMBER, "schemaType", "JSON"))
                        .errorCode())
                .isEqualTo(42201);
    }

    @Test
    void subjectsMayHaveAnyName() throws Exception {
        int id = calls().idOf("a%2Fb%20c+d", NUMBER);
        assertThat(calls().get("/subjects").body().toString()).isEqualTo("[\"a/b c+d\"]");
        assertThat(calls().get("/schemas/ids/" + id + "/versions").body().toString())
                .contains("a/b c+d");
    }

    @Test
    void onlyTheYoungestRegistryOfATopicWrites() throws Exception {
        calls().idOf("a", NUMBER);
        try (EmbeddedRegistry younger = EmbeddedRegistry.start(options())) {
            RegistryCalls youngerCalls = new RegistryCalls(younger.url());
            int id = youngerCalls.idOf("b", WORD);
            assertThat(calls().register("c", "\"long\"").status()).isEqualTo(503);
            assertThat(youngerCalls.idOf("c", "\"long\"")).isEqualTo(id + 1);
        }
    }

    @Test
    void aTopicThatForgetsIsRefused() throws Exception {
        String forgetful = "forgetful-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(forgetful, Optional.empty(), Optional.empty())))
                    .all()
                    .get(180, TimeUnit.SECONDS);
        }
        assertThatThrownBy(() -> EmbeddedRegistry.start(options().withTopic(forgetful)))
                .isInstanceOf(EmbeddedStartException.class)
                .hasMessageContaining("cleanup.policy=delete");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket squatter = new ServerSocket(0, 1, LoopbackListeners.loopback())) {
            assertThatThrownBy(() -> EmbeddedRegistry.start(options().onPort(squatter.getLocalPort())))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("127.0.0.1:" + squatter.getLocalPort());
        }
    }

    private RegistryOptions options() {
        return RegistryOptions.on(broker.bootstrapServers()).withTopic(journal);
    }
}
