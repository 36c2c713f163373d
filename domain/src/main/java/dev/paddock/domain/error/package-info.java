/** What can go wrong: one sealed hierarchy, each failure with the facts that a caller or an operator needs. */
@NullMarked
package dev.paddock.domain.error;

import org.jspecify.annotations.NullMarked;
