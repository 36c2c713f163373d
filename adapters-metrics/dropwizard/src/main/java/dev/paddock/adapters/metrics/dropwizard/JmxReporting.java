package dev.paddock.adapters.metrics.dropwizard;

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
 * Shows measurements as managed beans (JMX) in the domain {@code dev.paddock}, for example
 * {@code dev.paddock:type=counters,name=paddock.requests,operation=chat,outcome=ok}. Durations are in seconds.
 *
 * <p>Metrics of other users of the registry are not shown. The first reporting to a bean server has these names; each further one
 * has its number in each name, as {@code client=2}, so that patterns such as {@code dev.paddock:name=paddock.requests,*} find them
 * all. Thread-safe.
 */
public final class JmxReporting implements AutoCloseable {

    private static final String DOMAIN = "dev.paddock";

    private final JmxReporter reporter;
    private final JmxInstanceNumber number;

    /** Starts to show measurements in the platform's bean server, until closed. */
    public static JmxReporting start(DropwizardMetrics metrics) {
        return start(metrics, ManagementFactory.getPlatformMBeanServer());
    }

    /**
     * Starts to show measurements in a bean server, until closed. If the server throws, so does this method, and nothing stays
     * registered.
     */
    public static JmxReporting start(DropwizardMetrics metrics, MBeanServer server) {
        RegisteredSeries registered = metrics.registered();
        JmxInstanceNumber number = JmxInstanceNumber.take(requireNonNull(server, "server"), DOMAIN);
        JmxReporter reporter = JmxReporter.forRegistry(metrics.registry())
                .registerWith(server)
                .inDomain(DOMAIN)
                .convertDurationsTo(TimeUnit.SECONDS)
                .filter((name, metric) -> registered.find(name) != null)
                .createsObjectNamesWith(names(registered, number))
                .build();
        JmxReporting reporting = new JmxReporting(reporter, number);
        try {
            reporter.start();
            return reporting;
        } catch (RuntimeException failure) {
            try {
                reporting.close();
            } catch (RuntimeException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }

    private JmxReporting(JmxReporter reporter, JmxInstanceNumber number) {
        this.reporter = reporter;
        this.number = number;
    }

    /** Removes the managed beans; the measurements stay. */
    @Override
    public void close() {
        try {
            reporter.close();
        } finally {
            number.close();
        }
    }

    private static ObjectNameFactory names(RegisteredSeries registered, JmxInstanceNumber number) {
        ObjectNameFactory plain = new DefaultObjectNameFactory();
        return (type, domain, name) -> {
            Series series = registered.find(name);
            return series == null
                    ? plain.createName(type, domain, name)
                    : numbered(number, objectName(domain, type, series));
        };
    }

    private static ObjectName numbered(JmxInstanceNumber number, ObjectName name) {
        try {
            return number.addTo(name);
        } catch (MalformedObjectNameException failure) {
            throw new IllegalStateException("a managed bean takes no number: " + name, failure);
        }
    }

    private static ObjectName objectName(String domain, String type, Series series) {
        try {
            return SeriesObjectName.of(domain, type, series);
        } catch (MalformedObjectNameException failure) {
            throw new IllegalStateException("a series has no managed bean name: " + series, failure);
        }
    }
}
