package dev.paddock.adapters.metrics;

final class LoggerThatChanges {
    private static System.Logger logger = System.getLogger("metrics");
}
