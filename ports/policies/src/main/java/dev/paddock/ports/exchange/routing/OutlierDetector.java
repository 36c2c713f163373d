package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.routing.RoutingSettings;
import java.time.Duration;

/** The recent failures of one server, and its ejections. Thread-safe. */
final class OutlierDetector {

    /** Within this time the weight of an outcome falls to a third. */
    private static final double DECAY_NANOS = Duration.ofSeconds(10).toNanos();

    private static final double NEGLIGIBLE = 1.05;

    private double outcomes; // this and all below are guarded by this; those without a lock are written under it
    private double failures;
    private long recordedAt;
    private int failuresInRow;
    private int ejections;
    private long healthySince;
    private volatile int badInRow;
    private volatile double share;
    private volatile long shareAt;
    private volatile long ejectedUntil;
    private volatile boolean ejected;

    OutlierDetector(long now) {
        this.recordedAt = now;
        this.shareAt = now;
        this.healthySince = now;
    }

    /** Records the outcome of an attempt; returns whether the server has failed so often that it may be ejected. */
    synchronized boolean record(AttemptSignal signal, RoutingSettings.Ejection settings, long now) {
        if (signal == AttemptSignal.NEUTRAL) {
            return false;
        }
        double decay = Math.exp((recordedAt - now) / DECAY_NANOS);
        recordedAt = now;
        boolean isBad = signal != AttemptSignal.ANSWERED;
        outcomes = outcomes * decay + 1;
        failures = failures * decay + (signal == AttemptSignal.FAILED ? 1 : 0);
        failuresInRow = switch (signal) {
            case FAILED -> failuresInRow + 1;
            case ANSWERED -> 0;
            case OVERLOADED, NEUTRAL -> failuresInRow;
        };
        badInRow = isBad ? badInRow + 1 : 0;
        share = failures / outcomes;
        shareAt = now;
        boolean isShareHigh = outcomes >= settings.fewestCalls() && failures * 100 >= outcomes * settings.percent();
        return signal == AttemptSignal.FAILED && (failuresInRow >= settings.consecutiveFailures() || isShareHigh);
    }

    /** Ejects the server from now on; for longer each time, unless it was healthy for a while. Returns whether it was not ejected before. */
    synchronized boolean eject(RoutingSettings.Ejection settings, long now) {
        if (isEjected(now)) {
            return false; // by calls that were in progress
        }
        if (now - healthySince > settings.longest().toNanos()) {
            ejections = 0;
        }
        long time = settings.first().toNanos() << Math.min(ejections, 20);
        long bounded = Math.max(settings.first().toNanos(), Math.min(time, settings.longest().toNanos()));
        ejections++;
        ejectedUntil = now + bounded;
        healthySince = ejectedUntil;
        ejected = true;
        return true;
    }

    boolean isEjected(long now) {
        return ejected && ejectedUntil - now > 0;
    }

    /** Returns the share of failures among recent attempts, which decays with time. */
    double failureShare(long now) {
        return share * Math.exp((shareAt - now) / DECAY_NANOS);
    }

    /** Returns the factor by which the failures make the server less attractive, at least 1. */
    double penalty(long now) {
        int inRow = badInRow;
        if (inRow == 0 && share == 0) {
            return 1;
        }
        double recent = Math.exp((shareAt - now) / DECAY_NANOS);
        double answered = Math.max(0.1, 1 - share * recent);
        double row = 1 + Math.min(inRow, 10) * recent;
        double penalty = row * row / answered;
        return penalty < NEGLIGIBLE ? 1 : penalty; // else a server that is well again would lose every comparison of equal ones
    }
}
