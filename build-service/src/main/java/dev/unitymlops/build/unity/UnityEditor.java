package dev.unitymlops.build.unity;

import dev.unitymlops.stage.Attempt;
import dev.unitymlops.stage.StageFailure;
import java.io.IOException;

/** Builds players: Unity itself, its stand-in, or a studio's own command. */
public interface UnityEditor {

    /** What {@link #build} would start. Touches nothing, and the project may be on another machine. */
    EditorCommand plan(BuildOrder order, int slot);

    /**
     * Builds the player to {@link BuildFiles#playerFile()}; script, asset_spec.json and spec.json are there already.
     *
     * @return what was started and from which project
     * @throws StageFailure when the program failed; its end without a player is for {@link BuiltPlayer} to find
     */
    EditorRun build(BuildOrder order, Attempt attempt) throws StageFailure, IOException, InterruptedException;
}
