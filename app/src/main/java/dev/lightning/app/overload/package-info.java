/** What shows that this process takes more than can be worked off, and tells operators so. */
@NullMarked
package dev.lightning.app.overload;

import org.jspecify.annotations.NullMarked;
