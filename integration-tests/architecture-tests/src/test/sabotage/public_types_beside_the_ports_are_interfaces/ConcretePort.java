package dev.paddock.ports.llm;

public final class ConcretePort {}
