/** Temporary folders that are gone after their use, and after a process that was killed. */
package dev.unitymlops.stage.folders;
