package dev.unitymlops.webhook;

import dev.unitymlops.runtime.Component;
import dev.unitymlops.runtime.KafkaClients;
import dev.unitymlops.runtime.Metrics;
import dev.unitymlops.runtime.RequireCluster;
import dev.unitymlops.runtime.Service;
import dev.unitymlops.runtime.streams.RunTopology;
import dev.unitymlops.schemas.Topics;
import dev.unitymlops.webhook.queue.Deliveries;
import dev.unitymlops.webhook.send.SendMessages;
import java.time.Clock;
import java.util.List;

/** webhook-service as a process, or as a part of one. */
public final class WebhookMain {

    public static final Service<WebhookConfig> SERVICE = service(Clock.systemUTC());

    private WebhookMain() {}

    public static void main(String[] args) {
        System.exit(SERVICE.run(args));
    }

    /** @param clock by which messages become due and are stamped */
    static Service<WebhookConfig> service(Clock clock) {
        return new Service<>(
                Deliveries.USE.service(),
                WebhookConfig::from,
                (config, metrics) -> components(config, metrics, clock),
                Deliveries.USE);
    }

    private static List<Component> components(WebhookConfig config, Metrics metrics, Clock clock) {
        KafkaClients clients = new KafkaClients(config.kafka());
        SendMessages sender = new SendMessages(
                config.sending(), clients, config.topics().name(Topics.WEBHOOK_COMMANDS), clock, System::nanoTime);
        return List.of(
                new RequireCluster(clients, config.topics(), Deliveries.USE),
                sender,
                new RunTopology(
                        new Deliveries(clients, config.topics(), sender, metrics.registry(), clock)
                                .application(config.work().resolve("streams")),
                        clients,
                        config.topics(),
                        System::nanoTime));
    }
}
