/** The container engine in which resources really run. */
@NullMarked
package dev.lightning.azurestandin.engine;

import org.jspecify.annotations.NullMarked;
