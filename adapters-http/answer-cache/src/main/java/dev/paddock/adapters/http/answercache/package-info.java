/** The cache of answers: decorators that answer from it and record into it, its store in memory, and the versions of models. */
@NullMarked
package dev.paddock.adapters.http.answercache;

import org.jspecify.annotations.NullMarked;
