package dev.paddock.ports.exchange.routing;

/** The servers that one attempt was sent to, when nothing outside tries a call again. */
final class AttemptRoute extends CallRoute {}
