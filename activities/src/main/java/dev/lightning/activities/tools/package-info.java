/** Runs tools for their workflows, and keeps what they leave. */
@NullMarked
package dev.lightning.activities.tools;

import org.jspecify.annotations.NullMarked;
