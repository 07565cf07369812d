/** {@code mlops schedule} and {@code mlops ticks}: schedules, and what became of their ticks. */
package dev.unitymlops.cli.schedules;
