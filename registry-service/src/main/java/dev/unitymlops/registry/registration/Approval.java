package dev.unitymlops.registry.registration;

/**
 * A person's word that a version may be promoted.
 *
 * @param at ISO 8601, UTC
 */
public record Approval(String by, String at) {}
