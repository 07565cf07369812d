package dev.unitymlops.registry.registration;

import org.jspecify.annotations.Nullable;

/**
 * An alias that is to move.
 *
 * @param from the version that must have it for the move to happen; null: none may have it
 * @param to the version that has it then
 */
public record AliasMove(String alias, @Nullable Integer from, int to) {}
