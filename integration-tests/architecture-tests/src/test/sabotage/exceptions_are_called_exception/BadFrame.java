package dev.paddock.adapters.http.wire;

final class BadFrame extends RuntimeException {}
