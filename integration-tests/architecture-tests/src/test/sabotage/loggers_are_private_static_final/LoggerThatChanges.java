package dev.paddock.adapters.metrics.dropwizard;

final class LoggerThatChanges {
    private static System.Logger logger = System.getLogger("metrics");
}
