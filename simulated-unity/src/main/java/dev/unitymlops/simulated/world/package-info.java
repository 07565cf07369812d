/** The worlds that stand in for a Unity scene: what agents sense, how they move, what they are rewarded for. */
@NullMarked
package dev.unitymlops.simulated.world;

import org.jspecify.annotations.NullMarked;
