/** The pure core: what the product does with an event, told without any vendor or input and output. */
@NullMarked
package dev.lightning.workflows;

import org.jspecify.annotations.NullMarked;
