/** The repositories that a user's worker tasks may check out. */
@NullMarked
package dev.lightning.api.repositories;

import org.jspecify.annotations.NullMarked;
