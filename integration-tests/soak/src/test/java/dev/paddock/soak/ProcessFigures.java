package dev.paddock.soak;

import dev.paddock.testsupport.RawClient.Response;
import dev.paddock.wholesystem.GatewayClient;
import dev.paddock.wholesystem.GatewayProcess;
import dev.paddock.wholesystem.RunningGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gateway says about its process, from time to time. Confined to one thread. */
final class ProcessFigures {

    private static final int FEWEST = 20;
    private static final int COLLECTED_EVERY = 6;

    private final GatewayClient operator;
    private final RunningGateway gateway;
    private final List<Map<ProcessFigure, Double>> samples = new ArrayList<>();

    ProcessFigures(GatewayClient operator, RunningGateway gateway) {
        this.operator = operator;
        this.gateway = gateway;
    }

    /** A figure that must not grow. */
    private enum ProcessFigure {
        /** The heap, whose smallest value is that after a collection. */
        HEAP("jvm_memory_used_bytes{area=\"heap\"", 1.3, 32 << 20),
        DESCRIPTORS("process_open_fds", 1.2, 30),
        THREADS("jvm_threads_current", 1.2, 10);

        private final String metric;
        private final double factor;
        private final double addition;

        ProcessFigure(String metric, double factor, double addition) {
            this.metric = metric;
            this.factor = factor;
            this.addition = addition;
        }
    }

    /** Takes a sample; the heap is that after a collection, as often as that does not disturb. */
    void sample() throws IOException {
        if (gateway instanceof GatewayProcess process && samples.size() % COLLECTED_EVERY == 0) {
            process.collectGarbage();
        }
        Map<ProcessFigure, Double> sample = new LinkedHashMap<>();
        for (ProcessFigure figure : ProcessFigure.values()) {
            Double value = metric(figure.metric);
            if (value != null) {
                sample.put(figure, value);
            }
        }
        samples.add(sample);
    }

    /** Returns the sum of the values of a metric now, or null when there is none. */
    @Nullable Double metric(String name) throws IOException {
        Response response = operator.send("GET", "/metrics", "");
        return response.lines().stream()
                .filter(line -> line.startsWith(name))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum)
                .orElse(null);
    }

    /** Returns the figures of the second and of the last quarter of the time, and adds to the leftovers what has grown. */
    String text(Map<String, Integer> grown) {
        StringBuilder text = new StringBuilder();
        for (ProcessFigure figure : ProcessFigure.values()) {
            double before = least(figure, samples.size() / 4, samples.size() / 2);
            double after = least(figure, samples.size() * 3 / 4, samples.size());
            boolean hasGrown = samples.size() >= FEWEST && after > before * figure.factor + figure.addition;
            grown.put(figure.name().toLowerCase(Locale.ROOT) + " that grew", hasGrown ? 1 : 0);
            text.append(String.format(
                    Locale.ROOT, "%-32s %,12.0f -> %,.0f%n", figure.name().toLowerCase(Locale.ROOT) + ", least in a quarter", before, after));
        }
        return text.toString();
    }

    private double least(ProcessFigure figure, int from, int to) {
        return samples.subList(from, to).stream().mapToDouble(sample -> sample.getOrDefault(figure, 0.0)).min().orElse(0);
    }
}
