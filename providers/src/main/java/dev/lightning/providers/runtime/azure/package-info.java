/** What runs on Azure have in common, be it a container group or a machine: the orders, their trouble, and the blobs that report. */
@NullMarked
package dev.lightning.providers.runtime.azure;

import org.jspecify.annotations.NullMarked;
