package dev.paddock.ports.exchange.routing;

/** A mean in which recent values count more: the weight of a value falls to a third within the given time. Thread-safe. */
final class DecayingMean {

    private final double decayNanos;
    private volatile double mean; // 0 without a value; written under the lock of this
    private volatile long addedAt; // written under the lock of this

    DecayingMean(double decayNanos) {
        this.decayNanos = decayNanos;
    }

    synchronized void add(double value, long now) {
        // At least a tenth, so that many values at the same time count, too.
        double weight = mean == 0 ? 1 : Math.max(0.1, 1 - Math.exp((addedAt - now) / decayNanos));
        mean += (value - mean) * weight;
        addedAt = now;
    }

    /** Returns the mean; 0 when there is no value. */
    double mean() {
        return mean;
    }

    /** Returns the mean; 0 when there is no value, or none within the time in which the weight of a value falls to a third. */
    double recent(long now) {
        return now - addedAt <= decayNanos ? mean : 0;
    }
}
