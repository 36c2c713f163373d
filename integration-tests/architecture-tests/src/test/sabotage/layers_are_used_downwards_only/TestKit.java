package dev.paddock.tck;

public final class TestKit {}
