package dev.unitymlops.build.unity;

/** What a build was: the command that ran and the project it read. */
public record EditorRun(EditorCommand command, ProjectFacts project) {}
