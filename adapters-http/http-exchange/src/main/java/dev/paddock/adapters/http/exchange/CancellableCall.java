package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Settled;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that its caller, its deadline or the limit of a phase may cancel at any moment, which closes the connection and never interrupts
 * a thread. Thread-safe.
 */
final class CancellableCall {

    private final TransportCall call;
    private final PhaseTimeout timeout;
    private final FailureTranslator translator;
    private Cancellation.@Nullable Registration registration; // confined to the thread that opens the exchange until ended

    CancellableCall(TransportCall call, PhaseTimeout timeout, FailureTranslator translator) {
        this.call = call;
        this.timeout = timeout;
        this.translator = translator;
    }

    /** Cancels the call with the caller's cancellation, from now on until it has ended. */
    void cancelOn(Cancellation cancellation) {
        registration = cancellation.onCancel(call::cancel);
    }

    TransportResponse execute() {
        return translated(call::execute);
    }

    /** Executes the call without letting the calling thread wait. */
    void begin(Consumer<Settled<TransportResponse>> end) {
        call.begin(executed -> end.accept(Settled.by(() -> translated(executed::get))));
    }

    private TransportResponse translated(Supplier<TransportResponse> execution) {
        try {
            return execution.get();
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
        return timeout;
    }

    void cancel() {
        call.cancel();
    }

    /** Ends the registration: the call has its outcome. */
    void ended() {
        Cancellation.Registration registered = registration;
        if (registered != null) {
            registered.close();
        }
    }
}
