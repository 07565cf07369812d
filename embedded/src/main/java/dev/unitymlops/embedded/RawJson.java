package dev.unitymlops.embedded;

/** An answer that is JSON already. */
record RawJson(String text) {}
