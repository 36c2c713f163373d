package dev.paddock.adapters.http.sim.model;

import dev.paddock.adapters.http.sim.fault.FaultQueue;
import dev.paddock.adapters.http.sim.recording.Recording;
import dev.paddock.adapters.http.sim.script.AnswerScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** Everything the parts of one simulator share. */
public record SimulatorState(
        SimulatorSettings settings, Recording recording, FaultQueue faults, AtomicReference<AnswerScript> script,
        InstalledModel.Catalogue catalogue, RunnerPool runners) {
    /** Makes the state of a simulator that has just started. */
    public static SimulatorState create(SimulatorSettings settings, ScheduledExecutorService timers) {
        Recording recording = new Recording();
        return new SimulatorState(settings, recording, new FaultQueue(), new AtomicReference<>(AnswerScript.NONE),
            new InstalledModel.Catalogue(settings.models()), new RunnerPool(settings, recording, timers));
    }

    /** Forgets faults, requests and sums, restores the catalogue, and unloads the models that are idle. */
    public void reset() {
        faults.clear();
        catalogue.reset();
        runners.unloadIdle();
        recording.reset();
    }
}
