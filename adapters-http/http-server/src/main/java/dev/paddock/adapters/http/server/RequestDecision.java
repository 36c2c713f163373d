package dev.paddock.adapters.http.server;

/** The decision of a {@link RequestHandler} about a request: a response refuses it, anything else accepts it. */
public sealed interface RequestDecision permits ServerResponse, AcceptedRequest {}
