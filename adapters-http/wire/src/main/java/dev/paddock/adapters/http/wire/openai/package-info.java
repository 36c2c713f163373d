/** OpenAI's dialect as model servers speak it: {@code /v1}, server-sent events, choices and deltas. */
@NullMarked
package dev.paddock.adapters.http.wire.openai;

import org.jspecify.annotations.NullMarked;
