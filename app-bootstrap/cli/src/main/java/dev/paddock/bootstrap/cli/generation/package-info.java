/** The commands that generate text and embeddings. */
@NullMarked
package dev.paddock.bootstrap.cli.generation;

import org.jspecify.annotations.NullMarked;

