package dev.paddock.domain.error;

final class UnrelatedException extends RuntimeException {}
