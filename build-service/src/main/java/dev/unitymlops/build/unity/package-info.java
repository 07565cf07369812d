/** Unity and its stand-ins: working copies of projects, the editor's command line and log, and the player it leaves. */
@NullMarked
package dev.unitymlops.build.unity;

import org.jspecify.annotations.NullMarked;
