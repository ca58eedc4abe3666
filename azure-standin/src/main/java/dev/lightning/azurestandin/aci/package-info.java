/** Microsoft.ContainerInstance: container groups that really run. */
@NullMarked
package dev.lightning.azurestandin.aci;

import org.jspecify.annotations.NullMarked;
