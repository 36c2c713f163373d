package dev.paddock.ports.llm.decorator;

public final class DecoratorOfNothing {}
