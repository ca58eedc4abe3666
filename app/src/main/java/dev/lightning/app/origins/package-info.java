/** Who may call the platform's own ports at all: everybody but the programs that it runs itself. */
@NullMarked
package dev.lightning.app.origins;

import org.jspecify.annotations.NullMarked;
