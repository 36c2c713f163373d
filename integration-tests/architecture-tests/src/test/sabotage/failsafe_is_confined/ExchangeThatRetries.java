package dev.paddock.adapters.http.exchange;

import dev.failsafe.RetryPolicy;

final class ExchangeThatRetries {
    RetryPolicy<Object> policy;
}
