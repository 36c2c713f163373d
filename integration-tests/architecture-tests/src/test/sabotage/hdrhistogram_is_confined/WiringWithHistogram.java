package dev.paddock.bootstrap;

import org.HdrHistogram.Histogram;

final class WiringWithHistogram {

    private final Histogram latencies = new Histogram(3);
}
