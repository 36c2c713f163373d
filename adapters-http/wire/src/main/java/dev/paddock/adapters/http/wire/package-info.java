/** Requests to model servers and their answers, independent of the dialect. */
@NullMarked
package dev.paddock.adapters.http.wire;

import org.jspecify.annotations.NullMarked;
