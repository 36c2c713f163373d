/** Answers for requests that mean the same in other words: comparison of texts and vectors, and evidence about wrong answers. */
@NullMarked
package dev.paddock.domain.reuse.semantic;

import org.jspecify.annotations.NullMarked;
