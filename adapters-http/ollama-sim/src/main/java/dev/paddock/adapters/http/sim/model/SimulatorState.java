package dev.paddock.adapters.http.sim.model;

import dev.paddock.adapters.http.sim.fault.FaultQueue;
import dev.paddock.adapters.http.sim.recording.Counter;
import dev.paddock.adapters.http.sim.recording.CounterRegistry;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.recording.RequestLog;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.util.concurrent.ScheduledExecutorService;

/** Everything the parts of one simulator share. */
public record SimulatorState(
        SimulatorSettings settings, CounterRegistry counters, RequestLog log, FaultQueue faults,
        InstalledModel.Catalogue catalogue, RunnerPool runners) {
    /** Makes the state of a simulator that has just started. */
    public static SimulatorState create(SimulatorSettings settings, ScheduledExecutorService timers) {
        CounterRegistry counters = new CounterRegistry();
        return new SimulatorState(settings, counters, new RequestLog(), new FaultQueue(),
            new InstalledModel.Catalogue(settings.models()), new RunnerPool(settings, counters, timers));
    }

    public void record(RecordedRequest request, boolean keepAlive) {
        log.add(request);
        if (!keepAlive) {
            counters.increment(Counter.CONNECTION_CLOSE_HEADERS_SEEN);
        }
        counters.request(request.path());
    }

    /** Forgets faults, requests and sums, restores the catalogue, and unloads the models that are idle. */
    public void reset() {
        faults.clear();
        log.clear();
        catalogue.reset();
        runners.unloadIdle();
        counters.reset();
    }
}
