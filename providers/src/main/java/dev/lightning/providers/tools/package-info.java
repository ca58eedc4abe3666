/** Which tools an event starts, decided from what is stored, the same for real events and for dry runs. */
@NullMarked
package dev.lightning.providers.tools;

import org.jspecify.annotations.NullMarked;
