package dev.paddock.adapters.http.wire.openai;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** Refuses what the dialect has no words for. */
final class Unsupported {

    private Unsupported() {}

    static InvalidRequestException refuse(String what) {
        return new InvalidRequestException("the OpenAI dialect has no " + what, ErrorFacts.NONE);
    }

    /** Refuses a setting unless it is left to the server. */
    static void requireUnset(@Nullable Object setting, String what) {
        if (setting != null) {
            throw refuse(what);
        }
    }
}
