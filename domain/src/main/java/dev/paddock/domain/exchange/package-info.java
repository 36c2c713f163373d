/** One request to a model server and its answer: a head and a sequence of frames. */
@NullMarked
package dev.paddock.domain.exchange;

import org.jspecify.annotations.NullMarked;
