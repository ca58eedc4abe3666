/** What the store knows of tools and their runs, for the workflows. */
@NullMarked
package dev.lightning.activities.tools;

import org.jspecify.annotations.NullMarked;
