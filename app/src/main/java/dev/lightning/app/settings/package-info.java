/** What people may set: canonical names, aliases, and one clear line where something is wrong. */
@NullMarked
package dev.lightning.app.settings;

import org.jspecify.annotations.NullMarked;
