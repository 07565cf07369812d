package dev.unitymlops.build.unity;

import org.jspecify.annotations.Nullable;

/**
 * The project that was built, for lineage.
 *
 * @param unityVersion from ProjectSettings/ProjectVersion.txt
 * @param gitCommit null where the project is not in git or this host has no git
 * @param gitDirty whether the project's folder differs from that commit
 */
public record ProjectFacts(
        @Nullable String unityVersion,
        @Nullable String gitCommit,
        @Nullable Boolean gitDirty) {

    /** A project of which nothing is known. */
    public static final ProjectFacts NONE = new ProjectFacts(null, null, null);
}
