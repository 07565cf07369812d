package dev.unitymlops.stage.intake;

import dev.unitymlops.runtime.TopicSettings;
import java.time.Duration;

/**
 * What a stage's intake needs to know.
 *
 * @param lease within half of it the group notices that a member was killed
 */
public record IntakeSettings(TopicSettings topics, Duration lease) {}
