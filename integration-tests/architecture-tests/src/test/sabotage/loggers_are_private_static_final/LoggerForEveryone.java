package dev.paddock.adapters.metrics.dropwizard;

final class LoggerForEveryone {
    static final System.Logger logger = System.getLogger("metrics");
}
