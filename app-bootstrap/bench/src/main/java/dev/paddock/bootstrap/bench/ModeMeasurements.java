package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was measured of the requests of a mode.
 *
 * @param whole the figures of all of them
 * @param repetitions the figures of each repetition, in the order in which they ended
 * @param distribution the latencies from the quickest to the slowest
 * @param timeline what ended when
 */
public record ModeMeasurements(
        Figures whole, List<Figures> repetitions, List<PercentilePoint> distribution, List<TimelinePoint> timeline) {

    public ModeMeasurements {
        requireNonNull(whole, "whole");
        repetitions = List.copyOf(repetitions);
        distribution = List.copyOf(distribution);
        timeline = List.copyOf(timeline);
    }
}
