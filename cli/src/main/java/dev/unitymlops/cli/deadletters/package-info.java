/** {@code mlops dead-letters}: the records that nobody could read or handle, and sending them again. */
package dev.unitymlops.cli.deadletters;
