package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Makes a number of calls, some at a time, and notes how long each takes. */
final class DemoLoad {

    private final DemoScenario scenario;
    private final Runnable call;

    DemoLoad(DemoScenario scenario, Runnable call) {
        this.scenario = requireNonNull(scenario, "scenario");
        this.call = requireNonNull(call, "call");
    }

    /**
     * Makes the calls, each on a virtual thread, and returns how long each took, in the order in which they were
     * started.
     */
    List<Duration> run() {
        AtomicInteger next = new AtomicInteger();
        AtomicReferenceArray<Duration> latencies = new AtomicReferenceArray<>(scenario.calls());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int caller = 0; caller < scenario.callers(); caller++) {
                callers.add(CompletableFuture.runAsync(() -> callRepeatedly(next, latencies), threads));
            }
            CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).join();
        }
        List<Duration> all = new ArrayList<>();
        for (int index = 0; index < latencies.length(); index++) {
            all.add(latencies.get(index));
        }
        return all;
    }

    private void callRepeatedly(AtomicInteger next, AtomicReferenceArray<Duration> latencies) {
        for (int index = next.getAndIncrement(); index < scenario.calls(); index = next.getAndIncrement()) {
            long start = System.nanoTime();
            call.run();
            latencies.set(index, Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
