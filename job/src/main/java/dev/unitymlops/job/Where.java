package dev.unitymlops.job;

/** Which machine the paths of a job belong to, as seen by the one who checks it. */
public enum Where {
    /** This machine: files that a real run needs must exist and are looked into. */
    HERE,
    /** Another machine: paths are checked as text only. */
    ELSEWHERE
}
