/** The typed API: calls to models, as exchanges with a server in its dialect. */
@NullMarked
package dev.paddock.adapters.http.llm;

import org.jspecify.annotations.NullMarked;
