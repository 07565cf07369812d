package dev.unitymlops.system.clusters;

import static java.util.stream.Collectors.toSet;

import dev.unitymlops.embedded.BrokerOptions;
import dev.unitymlops.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.awaitility.Awaitility;

/**
 * A broker as a company runs one: TLS, logins by SCRAM-SHA-512, and nothing allowed that no rule allows. Its admin logs in by
 * PLAIN, as the broker itself does, and may do all.
 */
final class SecuredBroker implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static final String OAUTH_PACKAGE = "org.apache.kafka.common.security.oauthbearer.";
    private static final String OAUTH = OAUTH_PACKAGE + "OAuthBearerLoginModule required";
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String LISTENER = "listener.name.clients.";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TokenServer tokens;
    private final EmbeddedBroker broker;
    private final SelfSigned identity;
    private final Admin admin;

    private SecuredBroker(TokenServer tokens, EmbeddedBroker broker, SelfSigned identity) {
        this.tokens = tokens;
        this.broker = broker;
        this.identity = identity;
        this.admin = Admin.create(adminConfig());
    }

    static SecuredBroker start(Path folder) throws Exception {
        TokenServer tokens = TokenServer.start();
        // a client follows no address that its process does not name
        System.setProperty(ALLOWED_URLS, tokens.tokens() + "," + tokens.keys());
        SelfSigned identity = SelfSigned.make(folder, "broker");
        String login = PLAIN + " username=\"" + ADMIN + "\" password=\"" + password(ADMIN) + "\"";
        BrokerOptions options = BrokerOptions.in(folder.resolve("broker"))
                .with("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT")
                .with("ssl.keystore.type", "PKCS12")
                .with("ssl.keystore.location", identity.keystore().toString())
                .with("ssl.keystore.password", SelfSigned.PASSWORD)
                .with("ssl.key.password", SelfSigned.PASSWORD)
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.location", identity.certificate().toString())
                .with("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN,OAUTHBEARER")
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .with(LISTENER + "plain.sasl.jaas.config", login + " user_" + ADMIN + "=\"" + password(ADMIN) + "\";")
                .with(LISTENER + "scram-sha-512.sasl.jaas.config", SCRAM + ";")
                .with(LISTENER + "oauthbearer.sasl.jaas.config", OAUTH + ";")
                .with(
                        LISTENER + "oauthbearer.sasl.server.callback.handler.class",
                        OAUTH_PACKAGE + "OAuthBearerValidatorCallbackHandler")
                .with(LISTENER + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", tokens.keys())
                .with(LISTENER + "oauthbearer.sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE)
                .with("authorizer.class.name", RecordingAuthorizer.class.getName())
                .with("allow.everyone.if.no.acl.found", "false")
                // ANONYMOUS is who asks the controller, whose listener nobody else knows
                .with("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        return new SecuredBroker(tokens, EmbeddedBroker.start(options), identity);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Admin admin() {
        return admin;
    }

    /** What a client of the admin's needs. */
    Map<String, Object> adminConfig() {
        return new HashMap<>(
                login("PLAIN", PLAIN + " username=\"" + ADMIN + "\" password=\"" + password(ADMIN) + "\";"));
    }

    /** What a client of this user's needs. */
    Map<String, String> config(String user) {
        return config(user, password(user));
    }

    Map<String, String> config(String user, String password) {
        return login("SCRAM-SHA-512", SCRAM + " username=\"" + user + "\" password=\"" + password + "\";");
    }

    /** For a user whom the token server vouches for; no password of it is known to the broker. */
    Map<String, String> tokenConfig(String user) {
        Map<String, String> config = new HashMap<>(login("OAUTHBEARER", OAUTH + ";"));
        config.put("sasl.login.callback.handler.class", OAUTH_PACKAGE + "OAuthBearerLoginCallbackHandler");
        config.put("sasl.oauthbearer.token.endpoint.url", tokens.tokens());
        config.put("sasl.oauthbearer.client.credentials.client.id", user);
        config.put("sasl.oauthbearer.client.credentials.client.secret", TokenServer.secretOf(user));
        return config;
    }

    private Map<String, String> login(String mechanism, String jaas) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                jaas,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                identity.certificate().toString());
    }

    /** Makes users and returns once the broker knows them. */
    void addUsers(Collection<String> users) throws Exception {
        admin.alterUserScramCredentials(users.stream()
                        .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                                user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password(user)))
                        .toList())
                .all()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await("the users")
                .atMost(PATIENCE)
                .until(() -> admin.describeUserScramCredentials()
                        .all()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .keySet()
                        .containsAll(users));
    }

    /** Returns once the broker goes by them. */
    void allow(Collection<AclBinding> rights) throws Exception {
        admin.createAcls(rights).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await("the rights").atMost(PATIENCE).until(() -> rules().containsAll(rights));
    }

    /** Returns once the broker goes by it. */
    void forbid(Collection<AclBinding> rights) throws Exception {
        List<AclBindingFilter> filters =
                rights.stream().map(AclBinding::toFilter).toList();
        admin.deleteAcls(filters).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await("the rights")
                .atMost(PATIENCE)
                .until(() -> rules().stream().noneMatch(rights::contains));
    }

    private Collection<AclBinding> rules() throws Exception {
        return admin.describeAcls(AclBindingFilter.ANY).values().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).stream()
                .collect(toSet());
    }

    private static String password(String user) {
        return user + "-secret";
    }

    @Override
    public void close() {
        try (tokens;
                broker) {
            admin.close();
        } finally {
            System.clearProperty(ALLOWED_URLS);
        }
    }
}
