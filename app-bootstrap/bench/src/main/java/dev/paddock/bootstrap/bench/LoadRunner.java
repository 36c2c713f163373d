package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

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
 * Starts the requests of a load when they are due, each on a virtual thread.
 *
 * <p>Without a rate a request is due when its caller has nothing else to do. With a rate the schedule is fixed beforehand: a
 * request is due at its time however long the others take, and a server that stands still is charged for every request that
 * it kept waiting.
 */
final class LoadRunner {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadPlan plan;
    private final RecordingCaller caller;
    private final Cancellation stop;

    LoadRunner(LoadPlan plan, RecordingCaller caller) {
        this.plan = requireNonNull(plan, "plan");
        this.caller = requireNonNull(caller, "caller");
        this.stop = caller.stop();
    }

    /** Makes all requests; returns early when it is stopped. */
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
                        started.add(CompletableFuture.runAsync(() -> caller.call(due), threads)));
            }
        }
        // The executor has waited for all; a defect in one of them is to be seen.
        CompletableFuture.allOf(started.toArray(CompletableFuture[]::new)).join();
    }

    private void callRepeatedly(AtomicInteger next) {
        while (next.getAndIncrement() < plan.requestCount().requests() && !stop.isCancelled()) {
            caller.call(System.nanoTime());
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
