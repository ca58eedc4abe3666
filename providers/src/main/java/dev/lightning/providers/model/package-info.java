/** Language models. */
@NullMarked
package dev.lightning.providers.model;

import org.jspecify.annotations.NullMarked;
