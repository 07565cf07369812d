/** Job files: written, checked and read. */
package dev.unitymlops.cli.jobfile;
