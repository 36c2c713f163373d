package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * A call that its caller, its deadline or the limit of a phase may stop at any moment. Stopping cancels the call, which closes
 * the connection; it never interrupts a thread. Thread-safe.
 */
final class CancellableCall {

    private final TransportCall call;
    private final PhaseTimeout watch;
    private final FailureTranslator translator;
    private Cancellation.@Nullable Registration registration; // confined to the thread that opens the exchange until ended

    CancellableCall(TransportCall call, PhaseTimeout watch, FailureTranslator translator) {
        this.call = call;
        this.watch = watch;
        this.translator = translator;
    }

    /** Lets the caller's cancellation stop the call, from now on until it has ended. */
    void cancelOn(Cancellation cancellation) {
        registration = cancellation.onCancel(call::cancel);
    }

    TransportResponse execute() {
        try {
            return call.execute();
        } catch (TransportException failure) {
            throw translator.translate(failure);
        }
    }

    LlmException translate(TransportException failure) {
        return translator.translate(failure);
    }

    FailureTranslator translator() {
        return translator;
    }

    PhaseTimeout timeout() {
        return watch;
    }

    void cancel() {
        call.cancel();
    }

    /** Stops watching: the call has its outcome. */
    void ended() {
        Cancellation.Registration registered = registration;
        if (registered != null) {
            registered.close();
        }
    }
}
