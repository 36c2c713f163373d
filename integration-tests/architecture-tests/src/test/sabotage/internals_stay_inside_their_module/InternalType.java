package dev.paddock.adapters.http.apache5.internal;

public final class InternalType {}
