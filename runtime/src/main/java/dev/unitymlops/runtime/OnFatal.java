package dev.unitymlops.runtime;

/** Where a component says that it cannot go on. The first reason is the one that counts. */
@FunctionalInterface
public interface OnFatal {
    void stop(Throwable reason);
}
