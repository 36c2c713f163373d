package dev.paddock.adapters.http.sim;

/** Answers the requests of one route, or throws {@link ApiException}. */
interface Endpoint {
    void handle(Exchange exchange, Responder responder);
}
