package dev.paddock.adapters.metrics;

import java.util.logging.Logger;

final class MetricsWithALogOfTheirOwn {
    private static Logger logger;
}
