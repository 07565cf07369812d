/** The whole platform in this process: for one job, or until it is stopped. */
package dev.unitymlops.cli.platform;
