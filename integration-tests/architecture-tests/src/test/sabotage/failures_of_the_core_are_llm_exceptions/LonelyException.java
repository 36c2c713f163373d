package dev.paddock.domain.error;

final class LonelyException extends RuntimeException {}
