/** How what runs in this process is configured: as the services are that run on their own. */
package dev.unitymlops.cli.settings;
