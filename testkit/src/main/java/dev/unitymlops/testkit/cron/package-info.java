/** What cron expressions mean, for tests: random ones, and their ticks told the slow way. */
@org.jspecify.annotations.NullMarked
package dev.unitymlops.testkit.cron;
