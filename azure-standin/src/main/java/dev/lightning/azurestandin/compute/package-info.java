/** Microsoft.Compute and the parts of Microsoft.Network that machines are made of: machines that really run, as containers. */
@NullMarked
package dev.lightning.azurestandin.compute;

import org.jspecify.annotations.NullMarked;
