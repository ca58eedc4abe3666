/** Reading JSON bodies by hand, so that everything that is wrong with one is said at once. */
@NullMarked
package dev.lightning.api.bodies;

import org.jspecify.annotations.NullMarked;
