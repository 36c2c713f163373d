package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.recording.Counter;
import dev.paddock.adapters.http.sim.recording.CounterRegistry;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ollama's scheduler: a resident, compatible model is used at once; anything else passes a bounded queue, loads one
 * at a time, and the load belongs to the request that caused it.
 */
final class RunnerPool {
    private final SimulatorSettings settings;
    private final CounterRegistry counters;
    private final ScheduledExecutorService timers;
    private final FifoSemaphore loading;
    private final Map<String, Runner> runners = new HashMap<>();

    RunnerPool(SimulatorSettings settings, CounterRegistry counters, ScheduledExecutorService timers) {
        this.settings = settings;
        this.counters = counters;
        this.timers = timers;
        this.loading = new FifoSemaphore(counters, 1, settings.capacity().maxQueue());
    }

    RunnerLease acquire(SimulatedExchange exchange, RunnerRequest use) {
        Optional<Runner> resident = attach(use);
        if (resident.isPresent()) {
            return new RunnerLease(this, resident.get());
        }
        exchange.setPhase(RequestPhase.LOADING);
        if (!loading.acquire(exchange)) {
            exchange.setPhase(RequestPhase.ARRIVED);
            throw new ApiException(503, ErrorTexts.QUEUE_FULL);
        }
        try {
            return new RunnerLease(this, attach(use).orElseGet(() -> load(exchange, use)));
        } finally {
            loading.release();
        }
    }

    private synchronized Optional<Runner> attach(RunnerRequest use) {
        Optional<Runner> found = Optional.ofNullable(runners.get(key(use))).filter(runner -> runner.serves(use));
        found.ifPresent(runner -> runner.attach(use));
        return found;
    }

    private Runner load(SimulatedExchange exchange, RunnerRequest use) {
        remove(exchange, use);
        makeRoom(exchange);
        counters.increment(Counter.LOADS_STARTED);
        try {
            exchange.faults().find(Fault.HoldLoad.class).ifPresent(hold -> exchange.await(hold.gate().arrive()));
            exchange.pause(settings.delays().loadTime());
        } catch (ClientDisconnectedException gone) {
            counters.increment(Counter.LOADS_ABORTED);
            throw gone;
        }
        counters.increment(Counter.LOADS_COMPLETED);
        return install(use);
    }

    private synchronized Runner install(RunnerRequest use) {
        boolean single = use.model().can(ModelCapability.EMBEDDING);
        int width = single ? 1 : settings.capacity().parallel();
        FifoSemaphore slots = new FifoSemaphore(counters, width, Integer.MAX_VALUE);
        Runner runner = new Runner(use, slots, settings.capacity().keepAlive());
        runner.attach(use);
        runners.put(key(use), runner);
        return runner;
    }

    private void remove(SimulatedExchange exchange, RunnerRequest use) {
        Optional<CompletableFuture<Void>> drained;
        synchronized (this) {
            drained = Optional.ofNullable(runners.get(key(use))).map(Runner::retire);
        }
        drained.ifPresent(exchange::await);
        unload(key(use));
    }

    private void makeRoom(SimulatedExchange exchange) {
        while (true) {
            Optional<Runner> victim = victim();
            if (victim.isEmpty()) {
                return;
            }
            CompletableFuture<Void> drained;
            synchronized (this) {
                drained = victim.get().retire();
            }
            exchange.await(drained);
            unload(victim.get().model().name().key());
        }
    }

    private synchronized Optional<Runner> victim() {
        if (runners.size() < settings.capacity().maxLoadedModels()) {
            return Optional.empty();
        }
        return runners.values().stream()
            .min(Comparator.comparing((Runner runner) -> !runner.isIdle()).thenComparing(Runner::expiresAt));
    }

    synchronized void release(Runner runner) {
        if (runner.detach()) {
            whenIdle(runner);
        }
    }

    private void whenIdle(Runner runner) {
        Duration keepAlive = runner.keepAlive();
        if (runner.isRetiring() || keepAlive.isZero()) {
            unload(runner);
            return;
        }
        if (!keepAlive.isNegative()) {
            runner.startTimer(timers.schedule(() -> expire(runner), keepAlive.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private synchronized void expire(Runner runner) {
        if (runner.isIdle()) {
            unload(runner);
        }
    }

    /** Unloads a model as soon as its last use ends; nothing happens when it is not in memory. */
    synchronized void unloadWhenIdle(SimulatedModelName name) {
        Runner runner = runners.get(name.key());
        if (runner != null && runner.retire().isDone()) {
            unload(runner);
        }
    }

    synchronized void unloadIdle() {
        List.copyOf(runners.values()).forEach(runner -> unloadWhenIdle(runner.model().name()));
    }

    private synchronized void unload(String key) {
        Runner runner = runners.get(key);
        if (runner != null) {
            unload(runner);
        }
    }

    private synchronized void unload(Runner runner) {
        CompletableFuture<Void> unused = runner.retire();
        if (runners.remove(runner.model().name().key(), runner)) {
            counters.increment(Counter.MODELS_UNLOADED);
        }
    }

    /** The models in memory, those that stay longest first. */
    synchronized List<Runner> list() {
        return runners.values().stream().sorted(Comparator.comparing(Runner::expiresAt).reversed()).toList();
    }

    private static String key(RunnerRequest use) {
        return use.model().name().key();
    }
}
