/** A model that needs no key and no network, so that a fresh machine has something to talk to. */
@NullMarked
package dev.lightning.providers.model.demo;

import org.jspecify.annotations.NullMarked;
