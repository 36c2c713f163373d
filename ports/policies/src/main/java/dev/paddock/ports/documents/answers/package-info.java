/** Answers that a model gives from documents, over ports only. */
@NullMarked
package dev.paddock.ports.documents.answers;

import org.jspecify.annotations.NullMarked;
