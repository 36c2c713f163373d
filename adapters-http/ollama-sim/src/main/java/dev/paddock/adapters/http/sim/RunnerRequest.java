package dev.paddock.adapters.http.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of the scheduler.
 *
 * @param keepAlive how long the model shall stay afterwards; null means no change, negative means for ever
 */
record RunnerRequest(InstalledModel model, RunnerOptions options, @Nullable Duration keepAlive) { }
