/** Runs on Azure's virtual machines: one machine for each, ordered with the run and gone with it. */
@NullMarked
package dev.lightning.providers.runtime.vm;

import org.jspecify.annotations.NullMarked;
