package dev.paddock.ports.pool;

import dev.paddock.adapters.http.spi.HttpTransport;

interface PortOfTransports {
    HttpTransport transport();
}
