/** Who is calling, and what they may see. */
@NullMarked
package dev.lightning.api.security;

import org.jspecify.annotations.NullMarked;
