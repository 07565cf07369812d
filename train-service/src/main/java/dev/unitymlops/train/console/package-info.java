/** What {@code mlagents-learn} says on its console, understood line by line. */
@NullMarked
package dev.unitymlops.train.console;

import org.jspecify.annotations.NullMarked;
