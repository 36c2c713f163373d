package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.RefusalReason;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.domain.metrics.GatewayMetrics;
import dev.paddock.ports.metrics.MetricsPort;

/** Measures requests and takes them down. Thread-safe. */
final class GatewayMeasurements {

    private final MetricsPort metrics;
    private final AccessLog log;

    GatewayMeasurements(MetricsPort metrics, AccessLog log) {
        this.metrics = metrics;
        this.log = log;
        metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), 0); // so that the number is there before the first request
    }

    /** A request was let in that is to be relayed. */
    void requestStarted() {
        metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), 1);
    }

    /** A request has ended that had been let in. */
    void requestEnded(AccessRecord ended) {
        metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), -1);
        String operation = ended.request().operation();
        metrics.count(GatewayMetrics.REQUESTS.with(operation, ended.answer().outcome()), 1);
        metrics.duration(GatewayMetrics.DURATION.with(operation), ended.timing().total());
        if (ended.timing().firstFrame() != null) {
            metrics.duration(
                    GatewayMetrics.TIME_TO_FIRST_FRAME.with(operation), ended.timing().firstFrame());
        }
        log.add(ended);
    }

    /** A request was not let in. */
    void requestRefused(RefusalReason reason, AccessRecord refused) {
        metrics.count(GatewayMetrics.REFUSED.with(reason.label()), 1);
        log.add(refused);
    }

    /** The gateway itself has answered a request. */
    void answeredByGateway(AccessRecord answered) {
        log.add(answered);
    }
}
