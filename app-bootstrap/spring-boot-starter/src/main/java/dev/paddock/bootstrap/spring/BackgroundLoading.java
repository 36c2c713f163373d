package dev.paddock.bootstrap.spring;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.metrics.micrometer.MicrometerMetrics;
import dev.paddock.adapters.metrics.micrometer.ObservationExchangePort;
import dev.paddock.adapters.metrics.micrometer.PoolMeters;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Loads the classes of the client in the background while the application starts, because almost all of the time that the client adds to the
 * start is their loading. It makes a client as the start does, but of the defaults, and closes it; nothing is sent. The start itself reads the
 * settings of the application, makes its client, and reports what is wrong. It begins first of all, while Spring uses one processor.
 */
final class BackgroundLoading implements ApplicationListener<ApplicationStartingEvent> {

    static final String THREAD = "paddock-loading";

    private static final AtomicBoolean BEGUN = new AtomicBoolean(); // one process may start several applications

    @Override
    public void onApplicationEvent(ApplicationStartingEvent starting) {
        boolean isBeside = Runtime.getRuntime().availableProcessors() > 1; // with one, the start would wait for it
        if (isBeside && BEGUN.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name(THREAD).start(BackgroundLoading::load);
        }
    }

    private static void load() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        try {
            if (ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", BackgroundLoading.class.getClassLoader())) {
                Meters.addTo(beans);
            }
            try (Paddock client = client(beans)) {
                Stream.of(client, client.llm(), client.models(), client.exchange(), client.pool(), client.circuitBreakers())
                        .forEach(bean -> ReflectionUtils.getDeclaredMethods(bean.getClass())); // Spring reads those of all beans
            }
            ReflectionUtils.getDeclaredMethods(PaddockAutoConfiguration.class);
        } catch (RuntimeException | Error met) {
            return; // the start meets it too, and reports it
        }
    }

    private static Paddock client(DefaultListableBeanFactory beans) {
        PaddockAutoConfiguration start = new PaddockAutoConfiguration();
        ConfigurableEnvironment environment = new AbstractEnvironment() {};
        environment.getPropertySources().addFirst(new MapPropertySource(THREAD, Map.of("paddock.base-url", "http://127.0.0.1")));
        ConfigurationLoader defaults = start.paddockConfiguration(environment, new DefaultResourceLoader())
                .withSystemProperties(Map.of())
                .withEnvironment(Map.of())
                .withClassPath(ClassLoader.getPlatformClassLoader());
        return start.paddock(
                defaults,
                beans.getBeanProvider(PaddockSettings.class),
                beans.getBeanProvider(MetricsPort.class),
                beans.getBeanProvider(Dialect.class),
                beans.getBeanProvider(EmbeddingSourcePort.class),
                beans.getBeanProvider(HttpTransportFactory.class),
                beans.getBeanProvider(ExchangeDecorator.class),
                beans.getBeanProvider(PaddockBuilderCustomizer.class));
    }

    /** Only where the application has Micrometer. */
    private static final class Meters {

        static void addTo(DefaultListableBeanFactory beans) {
            MeterRegistry unread = new CompositeMeterRegistry();
            beans.registerSingleton("metrics", new MicrometerMetrics(unread));
            beans.registerSingleton("observations", ObservationExchangePort.decorator(ObservationRegistry.NOOP));
            new PoolMeters(List::of).bindTo(unread);
        }
    }
}
