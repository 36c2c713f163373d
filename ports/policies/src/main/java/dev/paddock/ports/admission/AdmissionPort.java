package dev.paddock.ports.admission;

import dev.paddock.domain.exchange.CallContext;
import java.time.Duration;

/** Observes the admission queue in front of a group of model servers. Implementations are thread-safe and never block. */
public interface AdmissionPort {

    /** The attribute of an admitted call while others wait: how long a further call to its model would. */
    CallContext.Key<Duration> BACKLOG = CallContext.Key.named("backlog");

    /**
     * Returns how many calls per second the servers can answer, together for all models that have calls now and had an answer. NaN means
     * that there is no such model.
     */
    double callsPerSecond();

    /** Returns how many calls of one caller may wait for a model while no others do, 1 or more. */
    int callsOfOneCaller();
}
