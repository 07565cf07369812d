/** Does the work: sees the stage's queue, claims what fits, runs the handler and reports. */
package dev.unitymlops.stage.worker;
