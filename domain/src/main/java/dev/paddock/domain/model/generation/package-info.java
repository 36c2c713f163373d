/** Chats and completions: what a model is asked to write, and what it writes. */
@NullMarked
package dev.paddock.domain.model.generation;

import org.jspecify.annotations.NullMarked;
