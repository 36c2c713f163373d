package dev.paddock.bootstrap.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Turns a histogram into the points of a curve that shows the tail as large as the rest. */
final class Distribution {

    private static final int STEPS_PER_HALF = 5;

    private Distribution() {}

    /** Returns points up to the percentile that the number of values can tell. */
    static List<PercentilePoint> of(Histogram histogram) {
        List<PercentilePoint> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(STEPS_PER_HALF)) {
            points.add(new PercentilePoint(
                    value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / 1e6));
        }
        return points;
    }
}
