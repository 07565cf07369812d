/** Which events are told, and in which words. */
package dev.unitymlops.webhook.message;
