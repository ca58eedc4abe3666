/** What an operator asks this process: are you alive, can you do your work, and what is missing. */
@NullMarked
package dev.lightning.app.health;

import org.jspecify.annotations.NullMarked;
