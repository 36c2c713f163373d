package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.RefusalReason;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.domain.metrics.GatewayMetrics;
import dev.paddock.ports.metrics.MetricsPort;

/** Counts requests in the metrics and writes them to the access log. Only relayed requests have durations. Thread-safe. */
final class GatewayMeasurements {

    private final MetricsPort metrics;
    private final AccessLog log;

    GatewayMeasurements(MetricsPort metrics, AccessLog log) {
        this.metrics = metrics;
        this.log = log;
        metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), 0); // creates the series before the first request
    }

    void requestStarted(AdmittedRequest request) {
        if (request.own() == null) {
            metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), 1);
        }
    }

    void requestEnded(AdmittedRequest request, AccessRecord ended) {
        if (request.own() == null) {
            metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), -1);
            String operation = ended.request().operation();
            metrics.count(GatewayMetrics.REQUESTS.with(operation, ended.answer().outcome()), 1);
            metrics.duration(GatewayMetrics.DURATION.with(operation), ended.timing().total());
            if (ended.timing().firstFrame() != null) {
                metrics.duration(
                        GatewayMetrics.TIME_TO_FIRST_FRAME.with(operation), ended.timing().firstFrame());
            }
        }
        log.add(ended);
    }

    void requestRefused(RefusalReason reason, AccessRecord refused) {
        metrics.count(GatewayMetrics.REFUSED.with(reason.label()), 1);
        log.add(refused);
    }

    void preflightAnswered(AccessRecord answered) {
        log.add(answered);
    }
}
