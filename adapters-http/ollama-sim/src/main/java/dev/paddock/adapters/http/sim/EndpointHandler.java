package dev.paddock.adapters.http.sim;

/** Answers the requests of one route, or throws {@link ApiException}. */
interface EndpointHandler {
    void handle(SimulatedExchange exchange, SimulatedResponseWriter responder);
}
