/** What a training schedule is: its cron expression, its file and its rules. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.schedule;
