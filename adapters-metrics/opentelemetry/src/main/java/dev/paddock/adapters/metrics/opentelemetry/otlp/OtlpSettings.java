package dev.paddock.adapters.metrics.opentelemetry.otlp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.metrics.opentelemetry.GenAiConventions;
import dev.paddock.domain.exchange.BaseUrl;
import java.time.Duration;
import java.util.Map;

/**
 * Where spans and metrics are sent. Immutable; the text form contains no header, because headers hold keys.
 *
 * @param endpoint the base URL of a collector that speaks OTLP over HTTP; {@code /v1/traces} and {@code /v1/metrics} are added to it
 * @param headers fields of each request, such as an API key
 * @param timeout how long a request may take, with its repetitions
 * @param interval the time between two exports of metrics
 * @param sampled the fraction of traces that begin here and are recorded, 0 to 1; other traces follow the decision of their caller
 * @param service the name of this service
 * @param conventions the generation of the GenAI metrics
 */
public record OtlpSettings(
        BaseUrl endpoint,
        Map<String, String> headers,
        Duration timeout,
        Duration interval,
        double sampled,
        String service,
        GenAiConventions conventions) {

    public OtlpSettings {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(timeout, "timeout");
        requireNonNull(interval, "interval");
        requireNonNull(service, "service");
        requireNonNull(conventions, "conventions");
        headers = Map.copyOf(headers);
        if (!(sampled >= 0 && sampled <= 1)) {
            throw new IllegalArgumentException("the fraction of sampled traces is between 0 and 1, not " + sampled);
        }
    }

    /** Returns the URL of a signal, such as {@code traces}. */
    String url(String signal) {
        return endpoint.endpoint() + endpoint.resolve("/v1/" + signal);
    }

    @Override
    public String toString() {
        return "OtlpSettings[" + endpoint + ", service=" + service + "]";
    }
}
