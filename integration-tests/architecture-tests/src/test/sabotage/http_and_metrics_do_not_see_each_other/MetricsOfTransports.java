package dev.paddock.adapters.metrics.dropwizard;

import dev.paddock.adapters.http.spi.HttpTransport;

final class MetricsOfTransports {
    HttpTransport transport;
}
