package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.json.ApiException;

/** Answers the requests of one route, or throws {@link ApiException}. */
interface EndpointHandler {
    void handle(SimulatedExchange exchange, SimulatedResponseWriter responder);
}
