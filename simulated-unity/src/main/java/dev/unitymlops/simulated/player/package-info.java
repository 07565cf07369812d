/** The headless player: a world behind ML-Agents' communicator protocol, with a built Unity player's command line. */
@NullMarked
package dev.unitymlops.simulated.player;

import org.jspecify.annotations.NullMarked;
