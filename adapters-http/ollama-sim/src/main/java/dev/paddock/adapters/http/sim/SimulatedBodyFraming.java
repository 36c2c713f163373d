package dev.paddock.adapters.http.sim;

/** How a client can tell where a body ends. */
enum SimulatedBodyFraming {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
}
