package dev.unitymlops.embedded;

import org.jspecify.annotations.Nullable;

/** What the journal holds. */
sealed interface RegistryEvent {

    record SchemaStored(RegisteredSchema schema) implements RegistryEvent {}

    /**
     * A level was set.
     *
     * @param subject null for the level of all subjects that have none of their own
     * @param level null takes the subject's own away
     */
    record LevelSet(@Nullable String subject, @Nullable CompatibilityLevel level) implements RegistryEvent {}
}
