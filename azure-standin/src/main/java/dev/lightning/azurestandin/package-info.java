/** A stand-in for Azure Resource Manager: what Azure would do, on one machine, with faults by script. */
@NullMarked
package dev.lightning.azurestandin;

import org.jspecify.annotations.NullMarked;
