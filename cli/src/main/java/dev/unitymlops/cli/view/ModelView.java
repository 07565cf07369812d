package dev.unitymlops.cli.view;

/** A registered model. */
public record ModelView(String behavior, String name, int version, String uri, String sha256) {}
