/** Texts that are embedded once, and together: vectors that are stored, and batches of the texts of several callers. */
@NullMarked
package dev.paddock.adapters.http.answercache.embedding;

import org.jspecify.annotations.NullMarked;
