package dev.paddock.adapters.http.apache5;

public final class SomeTransport {}
