/** Tools: work that events start in containers, processes or machines, from the definition to the result. */
@NullMarked
package dev.lightning.workflows.tools;

import org.jspecify.annotations.NullMarked;
