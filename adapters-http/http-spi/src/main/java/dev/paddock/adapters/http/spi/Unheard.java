package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.CallPhase;

/** Forgets everything it hears. */
enum Unheard implements CallListener {
    INSTANCE;

    @Override
    public void entered(CallPhase phase) {}

    @Override
    public void sent() {}
}
