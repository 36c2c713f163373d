package dev.paddock.ports.llm;

import dev.paddock.ports.llm.decorator.TokenCountingLlmPort;
import dev.paddock.ports.metrics.MetricsPort;

final class PortThatDecoratesItself {
    LlmPort decorated(LlmPort port, MetricsPort metrics) {
        return new TokenCountingLlmPort(port, metrics);
    }
}
