package dev.paddock.adapters.http.llm;

final class ClientUtils {}
