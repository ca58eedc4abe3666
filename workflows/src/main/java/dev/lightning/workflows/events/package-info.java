/** Events and the workflow that carries each of them to its end. */
@NullMarked
package dev.lightning.workflows.events;

import org.jspecify.annotations.NullMarked;
