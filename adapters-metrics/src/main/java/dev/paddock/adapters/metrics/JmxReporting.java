package dev.paddock.adapters.metrics;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.jmx.DefaultObjectNameFactory;
import com.codahale.metrics.jmx.JmxReporter;
import com.codahale.metrics.jmx.ObjectNameFactory;
import dev.paddock.domain.metrics.Metric.Series;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Shows measurements as managed beans in the domain {@code dev.paddock}, for example
 * {@code dev.paddock:type=counters,name=paddock.requests,operation=chat,outcome=ok}. Durations are in seconds.
 *
 * <p>What else is in the registry is left to its owner. One reporting at a time per server of managed beans.
 * Thread-safe.
 */
public final class JmxReporting implements AutoCloseable {

    private static final String DOMAIN = "dev.paddock";

    private final JmxReporter reporter;

    /** Shows measurements in the platform's server of managed beans from now on, until closed. */
    public static JmxReporting start(DropwizardMetrics metrics) {
        return start(metrics, ManagementFactory.getPlatformMBeanServer());
    }

    /** Shows measurements in a server of managed beans from now on, until closed. */
    public static JmxReporting start(DropwizardMetrics metrics, MBeanServer server) {
        RegisteredSeries registered = metrics.registered();
        JmxReporter reporter = JmxReporter.forRegistry(metrics.registry())
                .registerWith(requireNonNull(server, "server"))
                .inDomain(DOMAIN)
                .convertDurationsTo(TimeUnit.SECONDS)
                .filter((name, metric) -> registered.find(name) != null)
                .createsObjectNamesWith(names(registered))
                .build();
        reporter.start();
        return new JmxReporting(reporter);
    }

    private JmxReporting(JmxReporter reporter) {
        this.reporter = reporter;
    }

    /** Takes the managed beans away; the measurements stay. */
    @Override
    public void close() {
        reporter.close();
    }

    private static ObjectNameFactory names(RegisteredSeries registered) {
        ObjectNameFactory plain = new DefaultObjectNameFactory();
        return (type, domain, name) -> {
            Series series = registered.find(name);
            return series == null ? plain.createName(type, domain, name) : objectName(domain, type, series);
        };
    }

    private static ObjectName objectName(String domain, String type, Series series) {
        try {
            return SeriesObjectName.of(domain, type, series);
        } catch (MalformedObjectNameException failure) {
            throw new IllegalStateException("a series has no managed bean name: " + series, failure);
        }
    }
}
