/** What a person does with the command mlops, from a folder of their own: run, up, kill, restart, cancel, retry. */
@NullMarked
package dev.unitymlops.system.command;

import org.jspecify.annotations.NullMarked;
