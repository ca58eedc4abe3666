/** The folder that holds all state in local mode. */
@NullMarked
package dev.lightning.app.home;

import org.jspecify.annotations.NullMarked;
