/** Decodes and checks what producers send, and hands it to the stage's coordinator. */
package dev.unitymlops.stage.intake;
