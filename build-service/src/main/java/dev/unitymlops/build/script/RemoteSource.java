package dev.unitymlops.build.script;

import dev.unitymlops.stage.StageFailure;
import java.net.URI;

/** Where sources with an http(s) URI come from. */
public interface RemoteSource {

    /**
     * The body, of which at most {@code mostBytes + 1} bytes are read.
     *
     * @throws StageFailure when the host is not allowed, or does not answer with 200
     */
    byte[] fetch(URI uri, int mostBytes) throws StageFailure, InterruptedException;
}
