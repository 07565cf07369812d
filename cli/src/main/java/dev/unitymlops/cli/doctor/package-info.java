/** {@code mlops doctor}: what this machine has and lacks, and what to do about it. */
package dev.unitymlops.cli.doctor;
