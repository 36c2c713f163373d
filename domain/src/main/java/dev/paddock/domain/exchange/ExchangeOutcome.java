package dev.paddock.domain.exchange;

import dev.paddock.domain.error.LlmException;

/** How an exchange ended. */
public sealed interface ExchangeOutcome {

    /** The answer is complete. */
    record Complete() implements ExchangeOutcome {}

    /**
     * The answer broke off, or its reader rejected it.
     *
     * @param reason what the exchange fails with
     */
    record Failed(LlmException reason) implements ExchangeOutcome {}

    /** The caller closed the exchange before its end, or cancelled the call. */
    record Cancelled() implements ExchangeOutcome {}
}
