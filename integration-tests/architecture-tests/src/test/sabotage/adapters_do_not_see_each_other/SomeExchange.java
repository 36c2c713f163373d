package dev.paddock.adapters.http.exchange;

public final class SomeExchange {}
