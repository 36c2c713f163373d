/** Documents that can be searched: questions to them, passages of them, and what an index of them holds. */
@NullMarked
package dev.paddock.domain.documents;

import org.jspecify.annotations.NullMarked;
