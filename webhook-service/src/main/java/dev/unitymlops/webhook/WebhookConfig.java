package dev.unitymlops.webhook;

import dev.unitymlops.runtime.KafkaSettings;
import dev.unitymlops.runtime.Settings;
import dev.unitymlops.runtime.TopicSettings;
import dev.unitymlops.webhook.send.SendSettings;
import java.nio.file.Path;

/**
 * Settings of webhook-service.
 *
 * @param sending where to and how
 * @param work folder of files that may be lost
 */
public record WebhookConfig(KafkaSettings kafka, TopicSettings topics, SendSettings sending, Path work) {

    public static WebhookConfig from(Settings.Reader s) {
        return new WebhookConfig(
                KafkaSettings.from(s),
                TopicSettings.from(s),
                SendSettings.from(s),
                s.key("work.dir", "Local folder for scratch files, kept copies and state.")
                        .path(Path.of(System.getProperty("java.io.tmpdir"), "unity-mlops")));
    }
}
