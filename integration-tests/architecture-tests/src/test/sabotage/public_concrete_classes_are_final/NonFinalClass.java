package dev.paddock.adapters.http.spi;

public class NonFinalClass {}
