/** The artifact store over {@code java.nio.file}: job folders, committed results, checkpoint sets and player archives. */
package dev.unitymlops.stage.artifacts;
