package dev.paddock.adapters.metrics;

import dev.paddock.adapters.http.spi.HttpTransport;

final class MetricsOfTransports {
    HttpTransport transport;
}
