package dev.paddock.ports.llm;

public interface Gateway {}
