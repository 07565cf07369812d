/** {@code mlops gc}: what jobs and builds have left goes, except what somebody still needs. */
package dev.unitymlops.cli.gc;
