/** What every adapter of an Azure service needs: whose account, as whom, and over which HTTP client. */
@NullMarked
package dev.lightning.providers.azure;

import org.jspecify.annotations.NullMarked;
