package dev.paddock.ports.exchange.decorator;

import java.time.Clock;

final class DecoratorWithAClock {
    private final Clock clock = Clock.systemUTC();
}
