/** Faults that really happen: killed processes, absent servers, wrong releases; and what must hold after them. */
@NullMarked
package dev.lightning.app.faults;

import org.jspecify.annotations.NullMarked;
