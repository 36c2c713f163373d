/** State that several processes share: where it is kept, and what is known of that store. */
@NullMarked
package dev.paddock.domain.sharedstate;

import org.jspecify.annotations.NullMarked;
