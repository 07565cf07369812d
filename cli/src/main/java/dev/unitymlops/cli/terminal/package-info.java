/** How commands speak: answers on stdout, as text or JSON, and everything else on stderr. */
package dev.unitymlops.cli.terminal;
