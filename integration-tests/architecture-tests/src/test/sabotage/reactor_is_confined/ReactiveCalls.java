package dev.paddock.adapters.http.llm;

import reactor.core.publisher.Mono;

/** SABOTAGE: calls that return before they end. */
final class ReactiveCalls {

    Mono<String> chat() {
        return Mono.empty();
    }
}
