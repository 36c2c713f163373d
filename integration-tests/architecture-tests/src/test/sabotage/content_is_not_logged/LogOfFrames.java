package dev.paddock.adapters.http.exchange;

import dev.paddock.domain.exchange.Exchange;

final class LogOfFrames {
    private static final System.Logger LOGGER = System.getLogger("frames");

    void log(Exchange exchange) {
        LOGGER.log(System.Logger.Level.INFO, "received " + exchange.next());
    }
}
