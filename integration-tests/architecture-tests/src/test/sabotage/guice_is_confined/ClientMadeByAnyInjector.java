package dev.paddock.adapters.http.llm;

import jakarta.inject.Inject;

final class ClientMadeByAnyInjector {
    @Inject
    ClientMadeByAnyInjector() {}
}
