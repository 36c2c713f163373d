/** The typed face: what callers ask of models, as exchanges with a server that speaks some dialect. */
@NullMarked
package dev.paddock.adapters.http.llm;

import org.jspecify.annotations.NullMarked;
