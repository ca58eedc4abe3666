/** Going through long lists a page at a time. */
@NullMarked
package dev.lightning.api.paging;

import org.jspecify.annotations.NullMarked;
