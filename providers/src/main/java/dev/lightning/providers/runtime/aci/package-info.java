/** Runs in container groups of Azure Container Instances, one group each. */
@NullMarked
package dev.lightning.providers.runtime.aci;

import org.jspecify.annotations.NullMarked;
