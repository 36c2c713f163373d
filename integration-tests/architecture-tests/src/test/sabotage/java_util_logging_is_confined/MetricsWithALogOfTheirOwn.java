package dev.paddock.adapters.metrics.dropwizard;

import java.util.logging.Logger;

final class MetricsWithALogOfTheirOwn {
    private static Logger logger;
}
