/** What all resources of Azure have in common: addresses, envelopes, lifecycles, long-running operations and pages. */
@NullMarked
package dev.lightning.azurestandin.arm;

import org.jspecify.annotations.NullMarked;
