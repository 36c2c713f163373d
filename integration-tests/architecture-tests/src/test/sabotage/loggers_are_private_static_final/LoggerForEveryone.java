package dev.paddock.adapters.metrics;

final class LoggerForEveryone {
    static final System.Logger logger = System.getLogger("metrics");
}
