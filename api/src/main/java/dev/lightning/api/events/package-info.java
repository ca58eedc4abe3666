/** Taking events in and telling what became of them. */
@NullMarked
package dev.lightning.api.events;

import org.jspecify.annotations.NullMarked;
