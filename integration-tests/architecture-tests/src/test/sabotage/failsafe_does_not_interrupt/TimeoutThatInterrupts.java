package dev.paddock.adapters.http.resilience;

import dev.failsafe.Timeout;
import java.time.Duration;

final class TimeoutThatInterrupts {
    Timeout<Object> timeout = Timeout.builder(Duration.ofSeconds(1)).withInterrupt().build();
}
