package dev.paddock.adapters.metrics;

final class LoggerForEachObject {
    private final System.Logger logger = System.getLogger("metrics");
}
