package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.RequestTraits;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import dev.paddock.domain.routing.RunnerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests that say nothing but their model, and answers whose length in bytes is the time that they waited, in units of 10 ms. */
public final class NoTraits implements RequestTraits {

    /** Creates them. */
    public NoTraits() {}

    @Override
    public RunnerOptions options(ExchangeRequest request) {
        return RunnerOptions.ANY;
    }

    @Override
    public @Nullable Long affinity(ExchangeRequest request, Affinity affinity) {
        return null;
    }

    @Override
    public ExchangeRequest withModel(ExchangeRequest request, String model) {
        return request.withModel(model);
    }

    @Override
    public Timings timings(Frame last) {
        Duration waited = Duration.ofMillis(10L * last.bytes().length);
        return new Timings(waited.plusMillis(100), Duration.ZERO, Duration.ZERO, Duration.ofMillis(100));
    }
}
