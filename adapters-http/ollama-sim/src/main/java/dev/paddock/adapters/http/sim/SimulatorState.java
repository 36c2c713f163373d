package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.FaultQueue;
import dev.paddock.adapters.http.sim.recording.Counter;
import dev.paddock.adapters.http.sim.recording.CounterRegistry;
import dev.paddock.adapters.http.sim.recording.RequestLog;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Everything the parts of one simulator share. */
final class SimulatorState {
    private final SimulatorSettings settings;
    private final Executor handlers;
    private final CounterRegistry counters = new CounterRegistry();
    private final RequestLog log = new RequestLog();
    private final FaultQueue faults = new FaultQueue();
    private final ModelCatalogue catalogue;
    private final RunnerPool runners;

    SimulatorState(SimulatorSettings settings, Executor handlers, ScheduledExecutorService timers) {
        this.settings = settings;
        this.handlers = handlers;
        this.catalogue = new ModelCatalogue(settings.contents().models());
        this.runners = new RunnerPool(settings, counters, timers);
    }

    SimulatorSettings settings() {
        return settings;
    }

    Executor handlers() {
        return handlers;
    }

    CounterRegistry counters() {
        return counters;
    }

    RequestLog log() {
        return log;
    }

    FaultQueue faults() {
        return faults;
    }

    ModelCatalogue catalogue() {
        return catalogue;
    }

    RunnerPool runners() {
        return runners;
    }

    void record(IncomingRequest request) {
        log.add(request.record());
        if (!request.keepAlive()) {
            counters.increment(Counter.CONNECTION_CLOSE_HEADERS_SEEN);
        }
        counters.request(request.path());
    }

    void reset() {
        faults.clear();
        log.clear();
        catalogue.reset();
        runners.unloadIdle();
        counters.reset();
    }
}
