package dev.paddock.domain.routing;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import org.jspecify.annotations.Nullable;

/** Reads what matters to the choice of a server in requests and answers. Implementations are thread-safe and never throw. */
public interface RequestTraits {

    /** Returns the options that the model must be loaded with. */
    RunnerOptions options(ExchangeRequest request);

    /** Returns a number that is equal for the calls that belong together, or null for a call that belongs to none. */
    @Nullable Long affinity(ExchangeRequest request, Affinity affinity);

    /** Returns the request for another model, in its body, too; the same request when its body does not name one. */
    ExchangeRequest withModel(ExchangeRequest request, String model);

    /**
     * Returns what an answer says about the time it took.
     *
     * @param last its last frame, or the document that it is
     */
    Timings timings(Frame last);
}
