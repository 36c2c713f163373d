package dev.paddock.ports.exchange;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import java.util.function.Consumer;

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

    /**
     * Does the same without letting the calling thread wait, unless that is {@linkplain WaitingThread one that may}. Throws nothing.
     *
     * <p>By default the request is opened by a thread that may wait. A decorator that overrides this never waits itself, and lets
     * what does wait go on in such a thread: then no thread waits for the head of an answer, if all ports of a chain do so.
     *
     * @param end is called once with what the other method would return or throw: in the calling thread, on an event loop, or in a thread that
     *     may wait. It must not wait except in the latter, and must not throw
     */
    default void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        WaitingThread.run(() -> end.accept(Settled.by(() -> open(request, context))));
    }
}
