/** Accounts of our own: registering, getting a token, the administrator. */
@NullMarked
package dev.lightning.api.users;

import org.jspecify.annotations.NullMarked;
