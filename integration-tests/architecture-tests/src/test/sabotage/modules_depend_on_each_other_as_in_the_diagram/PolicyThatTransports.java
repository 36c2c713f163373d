package dev.paddock.adapters.http.resilience;

import dev.paddock.adapters.http.spi.HttpTransport;

final class PolicyThatTransports {
    HttpTransport transport;
}
