package dev.paddock.ports.exchange;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;

/**
 * Sends one request to a model server and gives the answer frame by frame: the one chain through which everything passes.
 *
 * <p>Implementations and decorators are thread-safe.
 */
@FunctionalInterface
public interface ExchangePort {

    /**
     * Sends a request and waits for the head of its answer. Any status is an answer and is returned, not thrown.
     *
     * @param request what to send
     * @param context by when the exchange must have ended, its last frame included, and the means to stop it in any phase
     * @return the exchange, to be closed by the caller
     * @throws dev.paddock.domain.error.LlmException if no head arrives; nothing is held then
     */
    Exchange open(ExchangeRequest request, CallContext context);
}
