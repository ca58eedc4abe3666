/** What happens right now, for whoever is watching; never the truth. */
@NullMarked
package dev.lightning.providers.stream;

import org.jspecify.annotations.NullMarked;
