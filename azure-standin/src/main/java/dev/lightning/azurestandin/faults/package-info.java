/** What goes wrong, when, and how often: the script by which tests make Azure fail. */
@NullMarked
package dev.lightning.azurestandin.faults;

import org.jspecify.annotations.NullMarked;
