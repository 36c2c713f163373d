package dev.paddock.adapters.http.spi;

import dev.paddock.ports.llm.LlmPort;

final class TransportWithPorts {
    LlmPort port;
}
