package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.CallPhase;

/** Forgets everything it hears. */
enum NoOpCallListener implements CallListener {
    INSTANCE;

    @Override
    public void phaseStarted(CallPhase phase) {}

    @Override
    public void bodyPieceSent() {}
}
