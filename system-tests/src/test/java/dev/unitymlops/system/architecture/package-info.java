/** What the build argues about instead of people: rules over all main code, each with its remedy and with code that breaks it. */
@NullMarked
package dev.unitymlops.system.architecture;

import org.jspecify.annotations.NullMarked;
