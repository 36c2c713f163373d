package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import dev.paddock.bootstrap.bench.run.Sample.RequestOutcome;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Cancellation.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Sends the requests of a load when they are due, each on a virtual thread, and records their outcomes.
 *
 * <p>Without a rate the loop is closed: a request is due when its caller has received the previous answer. With a rate the loop
 * is open: the schedule is fixed in advance, so that the time for which a stalled server delays later requests counts as their
 * latency (no coordinated omission).
 */
final class LoadRunner {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadPlan plan;
    private final ModeCalls calls;
    private final LoadRecorder recorder;
    private final Cancellation stop;

    LoadRunner(LoadPlan plan, ModeCalls calls, LoadRecorder recorder, Cancellation stop) {
        this.plan = requireNonNull(plan, "plan");
        this.calls = requireNonNull(calls, "calls");
        this.recorder = requireNonNull(recorder, "recorder");
        this.stop = requireNonNull(stop, "stop");
    }

    /** Sends all requests; returns early when the benchmark is stopped. */
    void run(long start) {
        List<CompletableFuture<Void>> started = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Double rate = plan.loadRate().rate();
            if (rate == null) {
                AtomicInteger next = new AtomicInteger();
                for (int index = 0; index < plan.loadRate().callers(); index++) {
                    started.add(CompletableFuture.runAsync(() -> callRepeatedly(next), threads));
                }
            } else {
                callOnSchedule(start, rate, due ->
                        started.add(CompletableFuture.runAsync(() -> call(due), threads)));
            }
        }
        // The executor has waited for all requests; join rethrows an unexpected failure of one of them.
        CompletableFuture.allOf(started.toArray(CompletableFuture[]::new)).join();
    }

    private void callRepeatedly(AtomicInteger next) {
        while (next.getAndIncrement() < plan.requestCount().requests() && !stop.isCancelled()) {
            call(System.nanoTime());
        }
    }

    /** Sends the request that was due at the given {@link System#nanoTime}; a cancelled request is not recorded. */
    private void call(long due) {
        RequestOutcome outcome = outcome();
        boolean cancelled = outcome instanceof FailedRequest failed && failed.kind() == ErrorKind.CANCELLED;
        if (!cancelled) {
            recorder.add(new Sample(due, System.nanoTime(), outcome));
        }
    }

    private RequestOutcome outcome() {
        try {
            return calls.call(CallContext.create().withCancellation(stop));
        } catch (LlmException failed) {
            return new FailedRequest(failed.kind());
        }
    }

    private void callOnSchedule(long start, double rate, LongConsumer starter) {
        CountDownLatch stopped = new CountDownLatch(1);
        Registration registration = stop.onCancel(stopped::countDown);
        try {
            for (int index = 0; index < plan.requestCount().requests(); index++) {
                long due = start + Math.round(index * NANOS_PER_SECOND / rate);
                if (stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                starter.accept(due);
            }
        } catch (InterruptedException asked) {
            stop.cancel();
            Thread.currentThread().interrupt();
        } finally {
            registration.close();
        }
    }
}
