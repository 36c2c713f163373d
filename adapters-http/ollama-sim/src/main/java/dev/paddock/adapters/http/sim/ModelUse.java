package dev.paddock.adapters.http.sim;

import java.time.Duration;
import java.util.Optional;

/**
 * What a request wants of the scheduler.
 *
 * @param keepAlive how long the model shall stay afterwards; empty means no change, negative means for ever
 */
record ModelUse(InstalledModel model, RunnerOptions options, Optional<Duration> keepAlive) { }
