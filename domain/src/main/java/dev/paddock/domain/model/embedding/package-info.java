/** Texts that become vectors. */
@NullMarked
package dev.paddock.domain.model.embedding;

import org.jspecify.annotations.NullMarked;
