package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.RefusalReason;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.RelayReport;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.GatewayMetrics;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.ModelLabels;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Counts requests in the metrics and writes them to the access log. Only relayed requests have durations. Thread-safe. */
final class GatewayMeasurements {

    private static final int MOST_MODELS = 90; // each has two series, and a metric has 200 at most
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final ModelLabels models = new ModelLabels(MOST_MODELS);
    private final MetricsPort metrics;
    private final AccessLog log;
    private final boolean monitoringLogged;
    private final InstantSource clock;

    /**
     * Creates the measurements.
     *
     * @param monitoringLogged whether probes and scrapes are in the access log
     */
    GatewayMeasurements(MetricsPort metrics, AccessLog log, boolean monitoringLogged, InstantSource clock) {
        this.metrics = metrics;
        this.log = log;
        this.monitoringLogged = monitoringLogged;
        this.clock = clock;
        createSeries();
    }

    /** Creates the series with zero: a counter that appears with its first failures hides them from rates. */
    private void createSeries() {
        metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), 0);
        metrics.count(GatewayMetrics.LOG_DROPPED.with(), 0);
        for (RefusalReason reason : RefusalReason.values()) {
            metrics.count(GatewayMetrics.REFUSED.with(reason.label()), 0);
        }
        for (String outcome : RelayReport.outcomes()) {
            for (Operation operation : Operation.values()) {
                metrics.count(GatewayMetrics.REQUESTS.with(operation.label(), outcome), 0);
            }
        }
    }

    void requestStarted(AdmittedRequest request) {
        if (request.own() == null) {
            metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), 1);
        }
    }

    void requestEnded(AdmittedRequest request, RelayReport report, Responder.Sent sent) {
        String operation = request.operation();
        if (request.own() == null) {
            metrics.adjust(GatewayMetrics.IN_FLIGHT.with(), -1);
            metrics.count(GatewayMetrics.REQUESTS.with(operation, report.outcome()), 1);
            String key = request.key();
            if (key != null) {
                metrics.count(GatewayMetrics.KEY_REQUESTS.with(key), 1);
            }
            countTokens(report);
            metrics.duration(GatewayMetrics.DURATION.with(operation), sent.elapsed());
            if (sent.firstByte() != null) {
                metrics.duration(GatewayMetrics.TIME_TO_FIRST_FRAME.with(operation), sent.firstByte());
            }
        }
        if (request.own() != null && request.own().isMonitoring() && !monitoringLogged) {
            return;
        }
        log.add(new AccessRecord(
                clock.instant(),
                request.logged(operation, report.model()),
                new AccessRecord.Answer(sent.status(), report.outcome(), sent.bytes()),
                new AccessRecord.Timing(sent.firstByte(), sent.elapsed()),
                report.attempts(),
                report.provenance()));
    }

    private void countTokens(RelayReport report) {
        AnswerFacts.Tokens tokens = report.tokens();
        if (report.model() != null && (tokens.input() != null || tokens.output() != null)) {
            models.answered(report.model());
            count(models.of(report.model()), INPUT, tokens.input());
            count(models.of(report.model()), OUTPUT, tokens.output());
        }
    }

    private void count(String model, String type, @Nullable Long tokens) {
        if (tokens != null) {
            metrics.count(GatewayMetrics.TOKENS.with(model, type), tokens);
        }
    }

    void requestRefused(RefusalReason reason, AccessRecord.Request request, ServerResponse response) {
        metrics.count(GatewayMetrics.REFUSED.with(reason.label()), 1);
        answered(request, response, "refused_" + reason.label());
    }

    /** Logs a request that was answered from its head. */
    void answered(AccessRecord.Request request, ServerResponse response, String outcome) {
        AccessRecord.Answer answer = new AccessRecord.Answer(response.head().status(), outcome, response.body().length);
        log.add(new AccessRecord(clock.instant(), request, answer, AccessRecord.Timing.NONE, 0, null));
    }
}
