/** One attempt to deliver: where to, signed by what, over which network, and what came of it. */
package dev.unitymlops.webhook.send;
