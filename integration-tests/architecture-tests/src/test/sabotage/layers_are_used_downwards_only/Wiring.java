package dev.paddock.bootstrap;

public final class Wiring {}
