package dev.paddock.ports.llm.decorator;

import java.time.Instant;

final class DecoratorWithAWatch {
    Instant now() {
        return Instant.now();
    }
}
