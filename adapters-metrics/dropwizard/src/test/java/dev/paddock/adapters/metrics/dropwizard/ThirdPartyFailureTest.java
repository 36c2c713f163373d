package dev.paddock.adapters.metrics.dropwizard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.Metric.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import javax.management.RuntimeOperationsException;
import org.junit.jupiter.api.Test;

/**
 * A registry, a registry listener or a bean server that throws. A socket cannot cause these failures, so the tests mock the
 * third-party types.
 */
class ThirdPartyFailureTest {

    private static final Series SERIES = CallMetrics.REQUESTS.with("chat", "ok");
    private static final String NAME = SeriesName.of(SERIES);
    private static final RuntimeException DEFECT = new IllegalStateException("a defect of the registry");
    private static final RuntimeException REFUSED =
            new RuntimeOperationsException(new IllegalArgumentException("a defect of the bean server"));

    @Test
    void measure_registryThatThrowsAlways_measuresOutsideOfIt() throws IOException {
        MetricRegistry registry = mock(MetricRegistry.class, invocation -> {
            throw DEFECT;
        });
        DropwizardMetrics metrics = new DropwizardMetrics(registry);

        measureEverything(metrics);
        measureEverything(metrics);

        assertThat(pageOf(metrics))
                .contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 2.0")
                .contains("paddock_request_duration_seconds_count{operation=\"chat\"} 2")
                .contains("paddock_requests_in_flight 2.0");
        assertThat(metrics.registered().find(NAME)).as("a series that is not in the registry").isNull();
    }

    @Test
    void measure_listenerThatThrows_measuresAndStaysInTheRegistry() {
        MetricRegistry registry = new MetricRegistry();
        MetricRegistryListener listener = mock(MetricRegistryListener.class);
        doThrow(DEFECT).when(listener).onCounterAdded(any(), any());
        registry.addListener(listener);
        DropwizardMetrics metrics = new DropwizardMetrics(registry);

        metrics.count(SERIES, 1);
        metrics.count(SERIES, 1);

        assertThat(((Counter) registry.getMetrics().get(NAME)).getCount()).isEqualTo(2);
        assertThat(metrics.registered().find(NAME)).isEqualTo(SERIES);
    }

    @Test
    void closePoolGauges_registryKeepsOne_removesTheOthers() {
        MetricRegistry registry = spy(new MetricRegistry());
        DropwizardMetrics metrics = new DropwizardMetrics(registry);
        PoolGauges gauges = PoolGauges.register(metrics, () -> List.of(SamplePools.known("http://a:1")));
        String kept = registry.getNames().stream().filter(name -> name.contains("created")).findFirst().orElseThrow();
        doThrow(DEFECT).when(registry).remove(kept);

        assertThatCode(gauges::close).doesNotThrowAnyException();

        assertThat(registry.getNames()).containsExactly(kept);
        assertThat(metrics.registered().find(kept)).as("forgotten, so that nothing shows it").isNull();
    }

    @Test
    void startJmx_serverThatRefusesABean_fails_andLeavesNothingBehind() throws Exception {
        MBeanServer server = mock(MBeanServer.class);
        doThrow(REFUSED).when(server).registerMBean(any(), argThat(ThirdPartyFailureTest::isMeasurement));
        DropwizardMetrics metrics = DropwizardMetrics.create();
        metrics.count(SERIES, 1);

        assertThatThrownBy(() -> JmxReporting.start(metrics, server)).isSameAs(REFUSED);

        verify(server).unregisterMBean(new ObjectName("dev.paddock.reporting:client=1"));
        clearInvocations(server);
        metrics.count(CallMetrics.REQUESTS.with("embed", "ok"), 1);
        verifyNoInteractions(server);
    }

    @Test
    void measure_serverThatRefusesABean_measures() throws Exception {
        MBeanServer server = mock(MBeanServer.class);
        DropwizardMetrics metrics = DropwizardMetrics.create();
        try (JmxReporting reporting = JmxReporting.start(metrics, server)) {
            assertThat(reporting).isNotNull();
            doThrow(REFUSED).when(server).registerMBean(any(), argThat(ThirdPartyFailureTest::isMeasurement));

            measureEverything(metrics);

            assertThat(pageOf(metrics)).contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 1.0");
        }
    }

    @Test
    void closeJmx_serverKeepsABean_reportsNoMoreAndGivesItsNumberBack() throws Exception {
        MBeanServer server = mock(MBeanServer.class, invocation ->
                invocation.getMethod().getName().equals("registerMBean")
                        ? new ObjectInstance((ObjectName) invocation.getArgument(1), "Bean")
                        : null);
        DropwizardMetrics metrics = DropwizardMetrics.create();
        JmxReporting reporting = JmxReporting.start(metrics, server);
        metrics.count(SERIES, 1);
        doThrow(REFUSED).when(server).unregisterMBean(argThat(ThirdPartyFailureTest::isMeasurement));

        assertThatThrownBy(reporting::close).isSameAs(REFUSED);

        verify(server).unregisterMBean(new ObjectName("dev.paddock.reporting:client=1"));
        clearInvocations(server);
        metrics.count(CallMetrics.REQUESTS.with("embed", "ok"), 1);
        verifyNoInteractions(server);
    }

    private static boolean isMeasurement(ObjectName name) {
        return name != null && name.getDomain().equals("dev.paddock");
    }

    private static void measureEverything(DropwizardMetrics metrics) {
        metrics.count(SERIES, 1);
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(1));
        metrics.adjust(CallMetrics.IN_FLIGHT.with(), 1);
    }

    private static String pageOf(DropwizardMetrics metrics) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new PrometheusText(metrics, List::of).writeTo(page);
        return page.toString(UTF_8);
    }
}
