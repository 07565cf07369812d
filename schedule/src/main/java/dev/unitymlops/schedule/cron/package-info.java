/** Which instants a cron expression names in a time zone: cron-utils reads it, the rules of daylight saving are here. */
@NullMarked
package dev.unitymlops.schedule.cron;

import org.jspecify.annotations.NullMarked;
