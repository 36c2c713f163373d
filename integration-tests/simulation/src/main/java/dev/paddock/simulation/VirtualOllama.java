package dev.paddock.simulation;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.ModelCatalogPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model server in virtual time, as Ollama behaves: it has room for some models, loads one at a time, and unloads the one that was not used
 * for longest, once no call uses it. A load ends when the call that it was begun for leaves. Calls to a loaded model do not wait for loads. It
 * answers as many of them at once as it has slots; all others wait, first come first served, without a limit. If it has room for all models,
 * they are in memory from the beginning; else none is.
 */
final class VirtualOllama implements ExchangePort, ModelCatalogPort {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    private final BackendId id;
    private final FleetSize size;
    private final VirtualTime time;
    private final Map<String, Runner> runners = new LinkedHashMap<>(); // loading, or in memory, by model
    private final Map<String, Deque<WaitingProcess>> pending = new LinkedHashMap<>(); // for a load, by model; the longest waiting first
    private boolean loading;
    private int loads;
    private int polls;

    VirtualOllama(int number, FleetSize size, VirtualTime time) {
        this.id = new BackendId("server-" + number);
        this.size = size;
        this.time = time;
        for (int model = 0; model < size.models() && size.models() <= size.room(); model++) {
            Runner loaded = new Runner(modelName(model), new ArrayDeque<>());
            loaded.loadedAt = time.nanos();
            runners.put(loaded.model, loaded);
        }
    }

    static String modelName(int number) {
        return "model-" + number + ":latest";
    }

    BackendId id() {
        return id;
    }

    /** Returns how many models it has begun to load. */
    int loads() {
        return loads;
    }

    /** Returns how often it was asked for the models in memory. */
    int polls() {
        return polls;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        long arrived = time.nanos();
        String model = String.valueOf(request.model());
        WaitingProcess waiting = new WaitingProcess(time.present());
        Runner runner = runners.get(model);
        if (runner == null) {
            pending.computeIfAbsent(model, key -> new ArrayDeque<>()).add(waiting);
            loadNext();
        } else {
            runner.waiting.add(waiting);
            runner.startWaiting();
        }
        await(waiting, model, context);
        long started = time.nanos();
        Runner used = runners.get(model);
        if (used == null) {
            throw new IllegalStateException(model + " was unloaded under a call");
        }
        time.sleepUntil(started + FleetTraits.prompt(request));
        long load = Math.clamp(used.loadedAt - arrived, 0, started - arrived);
        return new VirtualAnswer(this, used, request, new VirtualAnswer.Times(arrived, load, time));
    }

    private void await(WaitingProcess waiting, String model, CallContext context) {
        Deadline deadline = context.deadline();
        if (deadline != null) {
            time.at(time.nanos() + deadline.remaining().toNanos(), () -> expire(waiting, model));
        }
        if (!waiting.started) {
            waiting.waits = true;
            waiting.process.await();
        }
        if (waiting.expired) {
            throw new LlmTimeoutException(
                    CallPhase.CALL, FleetSize.PATIENCE, ErrorFacts.NONE.withBackend(id).withAttempts(1), null);
        }
    }

    private void expire(WaitingProcess waiting, String model) {
        if (waiting.started) {
            return;
        }
        Runner runner = runners.get(model);
        Deque<WaitingProcess> ofModel = pending.get(model);
        if (runner != null && runner.waiting.remove(waiting)) {
            if (runner.loader == waiting && !runner.isLoaded()) {
                abortLoad(runner);
            }
            runner.settle();
        } else if (ofModel != null && ofModel.remove(waiting) && ofModel.isEmpty()) {
            pending.remove(model);
        }
        waiting.expired = true;
        waiting.process.wake();
    }

    private void abortLoad(Runner runner) {
        runners.remove(runner.model);
        loading = false;
        if (!runner.waiting.isEmpty()) {
            pending.put(runner.model, runner.waiting); // the next of them begins another load
        }
        loadNext();
    }

    /** Begins the next load when none is in progress and there is room, or will be. */
    private void loadNext() {
        if (loading || pending.isEmpty()) {
            return;
        }
        if (runners.size() >= size.room()) {
            Runner victim = runners.values().stream()
                    .min(Comparator.comparing((Runner runner) -> !runner.isIdle()).thenComparingLong(runner -> runner.usedAt))
                    .orElseThrow();
            if (!victim.isIdle()) {
                return; // until its calls have ended
            }
            runners.remove(victim.model);
        }
        Map.Entry<String, Deque<WaitingProcess>> first = pending.entrySet().iterator().next();
        Runner runner = new Runner(first.getKey(), first.getValue());
        pending.remove(runner.model);
        runners.put(runner.model, runner);
        loading = true;
        loads++;
        time.at(time.nanos() + FleetSize.LOAD.toNanos(), () -> {
            if (runners.get(runner.model) != runner) {
                return; // it was aborted
            }
            loading = false;
            runner.loadedAt = time.nanos();
            runner.startWaiting();
            runner.settle();
        });
    }

    @Override
    public List<ModelSummary> models(CallContext context) {
        List<ModelSummary> models = new ArrayList<>();
        for (int model = 0; model < size.models(); model++) {
            models.add(new ModelSummary(modelName(model), null, 1, "digest", ModelTraits.UNKNOWN, List.of()));
        }
        return models;
    }

    @Override
    public List<RunningModel> runningModels(CallContext context) {
        polls++;
        return runners.values().stream()
                .map(runner -> new RunningModel(runner.model, 1, 1, "digest", ModelTraits.UNKNOWN, runner.expiresAt, 4096))
                .toList();
    }

    @Override
    public ModelDetails show(ModelName model, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public ResponseStream<PullProgress> pull(ModelName model, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void delete(ModelName model, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void copy(ModelName source, ModelName destination, CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public String version(CallContext context) {
        throw new UnsupportedOperationException("not asked for");
    }

    /** A call that waits for a slot. */
    private static final class WaitingProcess {

        private final VirtualTime.VirtualProcess process;
        private boolean waits;
        private boolean started;
        private boolean expired;

        WaitingProcess(VirtualTime.VirtualProcess process) {
            this.process = process;
        }
    }

    /** A model in memory, or being loaded. */
    final class Runner {

        private final String model;
        private final Deque<WaitingProcess> waiting;
        private final @Nullable WaitingProcess loader; // the call that it is loaded for
        private long loadedAt = Long.MAX_VALUE;
        private long usedAt;
        private Instant expiresAt = time.instant().plus(KEEP_ALIVE);
        private int active;

        private Runner(String model, Deque<WaitingProcess> waiting) {
            this.model = model;
            this.waiting = waiting;
            this.loader = waiting.peekFirst();
            this.usedAt = time.nanos();
        }

        /** Frees the slot of a call. */
        void end() {
            active--;
            usedAt = time.nanos();
            startWaiting();
            if (isIdle()) {
                expiresAt = time.instant().plus(KEEP_ALIVE);
            }
            settle();
        }

        private boolean isLoaded() {
            return loadedAt <= time.nanos();
        }

        private boolean isIdle() {
            return isLoaded() && active == 0 && waiting.isEmpty();
        }

        private void startWaiting() {
            while (isLoaded() && active < size.slots() && !waiting.isEmpty()) {
                WaitingProcess next = waiting.removeFirst();
                next.started = true;
                active++;
                if (next.waits) {
                    next.process.wake();
                }
            }
        }

        private void settle() {
            if (isIdle()) {
                loadNext();
            }
        }
    }
}
