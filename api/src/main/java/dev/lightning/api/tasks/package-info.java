/** The runs of tools and functions over HTTP: listed, looked at, ended early, given more time, and what they left. */
@NullMarked
package dev.lightning.api.tasks;

import org.jspecify.annotations.NullMarked;
