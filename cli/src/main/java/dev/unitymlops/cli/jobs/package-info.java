/** Commands about jobs on a running platform: put in, watched, listed, stopped and started again. */
package dev.unitymlops.cli.jobs;
