package dev.paddock.adapters.http.resilience;

import dev.paddock.adapters.http.exchange.SomeExchange;

final class PolicyOfOneExchange {
    SomeExchange exchange;
}
