/** How a log line looks where programs read it. */
package dev.unitymlops.runtime.logs;
