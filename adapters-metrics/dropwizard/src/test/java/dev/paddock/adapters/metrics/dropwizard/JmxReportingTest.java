package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.pool.EndpointPool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a reporting works by being open
class JmxReportingTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final DropwizardMetrics metrics = DropwizardMetrics.create();
    private final JmxReporting reporting = JmxReporting.start(metrics, server);

    @AfterEach
    void stop() {
        reporting.close();
    }

    @Test
    void start_counter_isABeanWithItsLabelsAsProperties() throws Exception {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 3);

        assertThat(read("dev.paddock:type=counters,name=paddock.requests,operation=chat,outcome=ok", "Count"))
                .isEqualTo(3L);
        assertThat(query("dev.paddock:name=paddock.requests,outcome=ok,*")).hasSize(1);
        assertThat(query("dev.paddock:name=paddock.requests,outcome=timeout,*")).isEmpty();
    }

    @Test
    void start_duration_isABeanInSeconds() throws Exception {
        for (int millis = 1; millis <= 100; millis++) {
            metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(millis));
        }
        String name = "dev.paddock:type=timers,name=paddock.request.duration,operation=chat";

        assertThat((Double) read(name, "50thPercentile")).isCloseTo(0.050, offset(0.001));
        assertThat((Double) read(name, "95thPercentile")).isCloseTo(0.095, offset(0.001));
        assertThat((Double) read(name, "Max")).isCloseTo(0.100, offset(1e-9));
        assertThat(read(name, "DurationUnit")).isEqualTo("seconds");
    }

    @Test
    void start_gauge_readsItsNewestSource() throws Exception {
        metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> 1);
        metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> 9);

        assertThat(read("dev.paddock:type=gauges,name=paddock.requests.in.flight", "Value")).isEqualTo(9.0);
    }

    @Test
    void start_labelValuesThatNamesDoNotAllow_areQuoted() throws Exception {
        List<String> values = List.of("http://[::1]:11434", "a=b,c", "*", "?", "", "a\"b", "a\\b", "a\nb");
        for (String value : values) {
            metrics.count(CallMetrics.ERRORS.with(value, "timeout"), 1);
        }

        assertThat(query("dev.paddock:type=counters,name=paddock.errors,*")).hasSize(values.size());
        for (String value : values) {
            ObjectName name = new ObjectName("dev.paddock:type=counters,name=paddock.errors,kind=timeout,operation="
                    + ObjectName.quote(value));
            assertThat(server.isRegistered(name)).as(value).isTrue();
        }
    }

    @Test
    void start_labelCalledLikeAPropertyOfTheBean_doesNotReplaceIt() throws Exception {
        metrics.count(new Metric("paddock.odd", "things", "Odd.", List.of("name", "type")).with("n", "t"), 2);

        assertThat(read("dev.paddock:type=counters,name=paddock.odd,label.name=n,label.type=t", "Count")).isEqualTo(2L);
    }

    @Test
    void start_measuredBefore_isShownToo() throws Exception {
        DropwizardMetrics earlier = DropwizardMetrics.create();
        earlier.count(CallMetrics.IN_FLIGHT.with(), 1);
        MBeanServer other = MBeanServerFactory.newMBeanServer();

        try (JmxReporting ignored = JmxReporting.start(earlier, other)) {
            assertThat(other.isRegistered(new ObjectName("dev.paddock:type=counters,name=paddock.requests.in.flight")))
                    .isTrue();
        }
    }

    @Test
    void start_metricOfAnotherOwnerOfTheRegistry_isNotShown() throws Exception {
        MetricRegistry shared = new MetricRegistry();
        MBeanServer other = MBeanServerFactory.newMBeanServer();
        try (JmxReporting ignored = JmxReporting.start(new DropwizardMetrics(shared), other)) {
            shared.counter("theirs").inc();

            assertThat(other.queryNames(new ObjectName("dev.paddock:*"), null)).isEmpty();
        }
    }

    @Test
    void start_poolGauges_beansFollowTheEndpoints() throws Exception {
        List<EndpointPool> pools = new CopyOnWriteArrayList<>();
        try (PoolGauges ignored = PoolGauges.register(metrics, () -> List.copyOf(pools))) {
            pools.add(SamplePools.known("http://a:1"));
            assertThat(read("dev.paddock:type=gauges,name=paddock.pool.endpoints", "Value")).isEqualTo(1);
            assertThat(read("dev.paddock:type=gauges,name=paddock.pool.leased,endpoint=\"http://a:1\"", "Value"))
                    .isEqualTo(3.0);

            pools.clear();
            assertThat(read("dev.paddock:type=gauges,name=paddock.pool.endpoints", "Value")).isEqualTo(0);
            assertThat(query("dev.paddock:*")).hasSize(1);
        }
        assertThat(query("dev.paddock:*")).isEmpty();
    }

    @Test
    void start_severalInOneServer_eachShowsItsOwnBeans() throws Exception {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 1);
        String first = "dev.paddock:type=counters,name=paddock.requests,operation=chat,outcome=ok";
        DropwizardMetrics second = DropwizardMetrics.create();
        DropwizardMetrics third = DropwizardMetrics.create();
        try (JmxReporting ofThird = JmxReporting.start(third, server)) {
            try (JmxReporting ofSecond = JmxReporting.start(second, server)) {
                second.count(CallMetrics.REQUESTS.with("chat", "ok"), 22);
                third.count(CallMetrics.REQUESTS.with("chat", "ok"), 333);

                assertThat(read(first, "Count")).isEqualTo(1L);
                assertThat(read(first + ",client=2", "Count")).isEqualTo(333L);
                assertThat(read(first + ",client=3", "Count")).isEqualTo(22L);
            }
            assertThat(query("dev.paddock:name=paddock.requests,*")).hasSize(2);
            reporting.close();
            assertThat(read(first + ",client=2", "Count")).isEqualTo(333L);
            try (JmxReporting again = JmxReporting.start(second, server)) {
                assertThat(read(first, "Count")).isEqualTo(22L);
            }
        }
        assertThat(query("dev.paddock*:*")).isEmpty();
    }

    @Test
    void close_twice_doesNotTakeTheNumberOfAnother() throws Exception {
        reporting.close();
        try (JmxReporting next = JmxReporting.start(metrics, server)) {
            reporting.close();

            assertThat(query("dev.paddock.reporting:*")).hasSize(1);
        }
    }

    @Test
    void close_always_removesTheBeansAndKeepsTheMeasurements() throws Exception {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 3);
        reporting.close();
        metrics.count(CallMetrics.REQUESTS.with("embed", "ok"), 1);

        assertThat(query("dev.paddock:*")).isEmpty();
        assertThat(metrics.registry().getCounters()).hasSize(2);
    }

    @Test
    void start_withoutAServer_usesThePlatform() throws Exception {
        MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("dev.paddock:type=counters,name=paddock.requests.in.flight");
        metrics.count(CallMetrics.IN_FLIGHT.with(), 1);

        try (JmxReporting ignored = JmxReporting.start(metrics)) {
            assertThat(platform.isRegistered(name)).isTrue();
        }
        assertThat(platform.isRegistered(name)).isFalse();
    }

    private Object read(String name, String attribute) throws Exception {
        return server.getAttribute(new ObjectName(name), attribute);
    }

    private Iterable<ObjectName> query(String pattern) throws Exception {
        return server.queryNames(new ObjectName(pattern), null);
    }
}
