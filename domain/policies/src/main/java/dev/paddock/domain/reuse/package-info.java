/** Work that need not be done twice: which requests are equal, and the answers that are stored for them. */
@NullMarked
package dev.paddock.domain.reuse;

import org.jspecify.annotations.NullMarked;
