/** The port to whatever runs a program for us: a container engine, a process, later a cloud. */
@NullMarked
package dev.lightning.providers.runtime;

import org.jspecify.annotations.NullMarked;
