package dev.paddock.adapters.http.sim.model;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange.ConnectionEndedException;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.recording.Recording;
import dev.paddock.adapters.http.sim.recording.Recording.Counter;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's scheduler: a resident, compatible model is used at once; any other passes a bounded queue, models load one
 * at a time, and a load belongs to the request that caused it.
 */
public final class RunnerPool {
    private final SimulatorSettings settings;
    private final Recording counters;
    private final ScheduledExecutorService timers;
    private final FifoSemaphore loading;
    private final Map<String, Runner> runners = new HashMap<>();

    RunnerPool(SimulatorSettings settings, Recording counters, ScheduledExecutorService timers) {
        this.settings = settings;
        this.counters = counters;
        this.timers = timers;
        this.loading = new FifoSemaphore(counters, 1, settings.maxQueue());
    }

    /** The use of a model in memory by one request; closing it ends the use. */
    public record Lease(RunnerPool pool, Runner runner) implements AutoCloseable {
        @Override
        public void close() {
            pool.release(runner);
        }
    }

    /** Waits until a runner can serve this request, loading the model when necessary. */
    public Lease acquire(SimulatedExchange exchange, RunnerRequest request) {
        Optional<Runner> resident = attach(request);
        if (resident.isPresent()) {
            return new Lease(this, resident.get());
        }
        exchange.setWorking(true);
        if (!loading.acquire(exchange)) {
            exchange.setWorking(false);
            throw OllamaError.QUEUE_FULL.with();
        }
        try {
            return new Lease(this, attach(request).orElseGet(() -> load(exchange, request)));
        } finally {
            loading.release();
        }
    }

    private synchronized Optional<Runner> attach(RunnerRequest request) {
        Optional<Runner> found =
            Optional.ofNullable(runners.get(request.key())).filter(runner -> runner.serves(request));
        found.ifPresent(runner -> runner.attach(request));
        return found;
    }

    private Runner load(SimulatedExchange exchange, RunnerRequest request) {
        boolean unused = evict(exchange, () -> Optional.ofNullable(runners.get(request.key())));
        boolean full = true;
        while (full) {
            full = evict(exchange, this::nextVictim);
        }
        counters.increment(Counter.LOADS_STARTED);
        try {
            exchange.faults().find(Fault.HoldLoad.class).ifPresent(hold -> exchange.await(hold.latch()));
            exchange.pause(settings.loadTime());
        } catch (ConnectionEndedException disconnected) {
            counters.increment(Counter.LOADS_ABORTED);
            throw disconnected;
        }
        counters.increment(Counter.LOADS_COMPLETED);
        return install(request);
    }

    /** Unloads the runner chosen, once its last use has ended; false when none was chosen. */
    private boolean evict(SimulatedExchange exchange, Supplier<Optional<Runner>> choice) {
        Optional<Runner> chosen;
        CompletableFuture<Void> drained;
        synchronized (this) {
            chosen = choice.get();
            drained = chosen.map(Runner::retire).orElseGet(CompletableFuture::new);
        }
        if (chosen.isPresent()) {
            exchange.await(drained);
            unload(chosen.get());
        }
        return chosen.isPresent();
    }

    private Optional<Runner> nextVictim() {
        return runners.values().stream().filter(any -> runners.size() >= settings.maxLoadedModels())
            .min(Comparator.comparing((Runner runner) -> runner.users > 0).thenComparing(Runner::expiresAt));
    }

    private synchronized Runner install(RunnerRequest request) {
        int parallel = request.model().can(ModelCapability.EMBEDDING) ? 1 : settings.parallel();
        FifoSemaphore slots = new FifoSemaphore(counters, parallel, Integer.MAX_VALUE);
        Runner runner = new Runner(request, slots, settings.keepAlive());
        runner.attach(request);
        runners.put(request.key(), runner);
        return runner;
    }

    private synchronized void release(Runner runner) {
        if (!runner.detach()) {
            return;
        }
        if (runner.retiring || runner.keepAlive.isZero()) {
            unload(runner);
        } else if (!runner.keepAlive.isNegative()) {
            runner.startTimer(
                timers.schedule(() -> expire(runner), runner.keepAlive.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private synchronized void expire(Runner runner) {
        if (runner.users == 0) {
            unload(runner);
        }
    }

    /** Unloads a model as soon as its last use ends; nothing happens when it is not in memory. */
    public synchronized void unloadWhenIdle(SimulatedModelName name) {
        Runner runner = runners.get(name.key());
        if (runner != null && runner.retire().isDone()) {
            unload(runner);
        }
    }

    synchronized void unloadIdle() {
        List.copyOf(runners.values()).forEach(runner -> unloadWhenIdle(runner.model().name()));
    }

    private synchronized void unload(Runner runner) {
        CompletableFuture<Void> unused = runner.retire();
        if (runners.remove(runner.model().name().key(), runner)) {
            counters.increment(Counter.MODELS_UNLOADED);
        }
    }

    /** The models in memory, those that stay longest first. */
    public synchronized List<Runner> list() {
        return runners.values().stream().sorted(Comparator.comparing(Runner::expiresAt).reversed()).toList();
    }

    /**
     * The demand of one request on the scheduler.
     *
     * @param loadOptions the options with which the model must be loaded; those that are not listed may have any value
     * @param keepAlive how long the model stays loaded afterwards; null means no change, negative means for ever
     */
    public record RunnerRequest(InstalledModel model, Map<String, String> loadOptions, @Nullable Duration keepAlive) {
        public RunnerRequest {
            loadOptions = Map.copyOf(loadOptions);
        }

        private String key() {
            return model.name().key();
        }

        /** Whether a runner loaded for this request can serve another one for the same model. */
        private boolean serves(RunnerRequest other) {
            return loadOptions.entrySet().containsAll(other.loadOptions().entrySet());
        }

        private int contextLength() {
            String explicit = loadOptions.get("num_ctx");
            return explicit == null ? InstalledModel.SERVED_CONTEXT_LENGTH : Integer.parseInt(explicit);
        }
    }

    /** A model in memory. Its changing parts are guarded by the lock of the pool. */
    public static final class Runner {
        private static final Duration FOREVER = Duration.ofDays(106_751);

        private final RunnerRequest loadedFor;
        private final FifoSemaphore slots;
        private final CompletableFuture<Void> drained = new CompletableFuture<>();
        private final AtomicReference<String> lastPrompt = new AtomicReference<>("");
        private Duration keepAlive;
        private Instant expiresAt = Instant.now();
        private @Nullable Future<?> timer;
        private boolean retiring;
        private int users;

        private Runner(RunnerRequest loadedFor, FifoSemaphore slots, Duration keepAlive) {
            this.loadedFor = loadedFor;
            this.slots = slots;
            this.keepAlive = keepAlive;
        }

        public InstalledModel model() {
            return loadedFor.model();
        }

        public int contextLength() {
            return loadedFor.contextLength();
        }

        /** The answers it can produce at the same time. */
        public FifoSemaphore slots() {
            return slots;
        }

        /** Whether the last prompt was the same; this one is the last from now on. */
        public boolean isRepeatOfLastPrompt(String prompt) {
            return prompt.equals(lastPrompt.getAndSet(prompt));
        }

        public Instant expiresAt() {
            return expiresAt;
        }

        private boolean serves(RunnerRequest request) {
            return !retiring && loadedFor.serves(request);
        }

        private void attach(RunnerRequest request) {
            users++;
            if (request.keepAlive() != null) {
                keepAlive = request.keepAlive();
            }
            extendExpiry();
            stopTimer();
        }

        /** Ends one use; returns whether the runner is idle now. */
        private boolean detach() {
            users--;
            extendExpiry();
            if (users == 0 && retiring) {
                drained.complete(null);
            }
            return users == 0;
        }

        private void extendExpiry() {
            expiresAt = Instant.now().plus(keepAlive.isNegative() ? FOREVER : keepAlive);
        }

        /** Accepts no new uses; the result completes when the last one has ended. */
        private CompletableFuture<Void> retire() {
            retiring = true;
            stopTimer();
            if (users == 0) {
                drained.complete(null);
            }
            return drained;
        }

        private void startTimer(Future<?> running) {
            stopTimer();
            timer = running;
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }
}
