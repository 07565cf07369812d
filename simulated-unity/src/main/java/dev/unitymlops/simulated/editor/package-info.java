/** The simulated editor: Unity's batch-mode command line, the checks of a real build, and a player as the result. */
@NullMarked
package dev.unitymlops.simulated.editor;

import org.jspecify.annotations.NullMarked;
