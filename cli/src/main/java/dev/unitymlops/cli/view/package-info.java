/** Jobs as their events tell of them, folded without Kafka, clock or files, and shown as JSON and text. */
package dev.unitymlops.cli.view;
