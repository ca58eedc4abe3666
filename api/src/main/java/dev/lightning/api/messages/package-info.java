/** The messages that a user was sent, or should have been: to read, to watch and to send again. */
@NullMarked
package dev.lightning.api.messages;

import org.jspecify.annotations.NullMarked;
