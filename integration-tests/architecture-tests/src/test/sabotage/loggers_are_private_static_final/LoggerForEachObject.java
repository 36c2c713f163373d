package dev.paddock.adapters.metrics.dropwizard;

final class LoggerForEachObject {
    private final System.Logger logger = System.getLogger("metrics");
}
