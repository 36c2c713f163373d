package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.pool.CallScheduler;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A call that its caller or its deadline may stop at any moment. Stopping cancels the call, which closes the connection; it
 * never interrupts a thread. Thread-safe.
 */
final class StoppableCall {

    private final TransportCall call;
    private final CallScheduler scheduler;
    private final FailureTranslator translator;
    private Cancellation.@Nullable Registration registration; // confined to the thread that opens the exchange until ended
    private @Nullable Future<?> alarm;

    StoppableCall(TransportCall call, CallScheduler scheduler, FailureTranslator translator) {
        this.call = call;
        this.scheduler = scheduler;
        this.translator = translator;
    }

    /** Lets the caller's cancellation and deadline stop the call, from now on until it has ended. */
    void watch(CallContext context) {
        Deadline deadline = context.deadline();
        if (deadline != null) {
            Duration remaining = deadline.remaining();
            if (remaining.isZero()) {
                expire(deadline);
            } else {
                alarm = scheduler.after(remaining, () -> expire(deadline));
            }
        }
        registration = context.cancellation().onCancel(call::cancel);
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

    void cancel() {
        call.cancel();
    }

    /** Cancels the call after the given time unless the returned alarm is cancelled before. */
    Future<?> cancelAfter(Duration delay) {
        return scheduler.after(delay, call::cancel);
    }

    /** Stops watching: the call has its outcome. */
    void ended() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        Cancellation.Registration registered = registration;
        if (registered != null) {
            registered.close();
        }
    }

    private void expire(Deadline deadline) {
        translator.deadlinePassed(deadline.limit());
        call.cancel();
    }
}
