package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.support.SpringFactoriesLoader;

class BackgroundLoadingTest {

    private final OwnClasses classes = new OwnClasses();

    @Test
    void start_classesLoadedBefore_loadsFewMore() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nothing is loaded beside the start");
        begin();
        Set<String> before = classes.names();
        start();
        Set<String> later = new TreeSet<>(classes.names());
        later.removeAll(before);
        later.removeIf(name -> name.contains("AutoConfiguration")); // Spring loads them as it comes to them

        assertThat(before).hasSizeGreaterThan(200);
        assertThat(later).hasSizeLessThan(10);
    }

    /** Tells the listener that an application starts, and waits for what it does then. */
    @SuppressWarnings("unchecked") // the listener is for this event
    private void begin() throws InterruptedException {
        ApplicationListener<ApplicationStartingEvent> loading =
                (ApplicationListener<ApplicationStartingEvent>) SpringFactoriesLoader.forDefaultResourceLocation(classes)
                        .load(ApplicationListener.class)
                        .stream()
                        .filter(listener -> listener.getClass().getName().equals(BackgroundLoading.class.getName()))
                        .findAny()
                        .orElseThrow();
        loading.onApplicationEvent(new ApplicationStartingEvent(new DefaultBootstrapContext(), new SpringApplication(), new String[0]));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(BackgroundLoading.THREAD)) {
                thread.join();
            }
        }
    }

    private void start() throws ClassNotFoundException {
        AutoConfigurations configurations = AutoConfigurations.of(
                classes.loadClass(PaddockAutoConfiguration.class.getName()),
                classes.loadClass(PaddockMetricsAutoConfiguration.class.getName()),
                classes.loadClass(PaddockActuatorAutoConfiguration.class.getName()),
                classes.loadClass(PaddockHealthAutoConfiguration.class.getName()));
        new ApplicationContextRunner()
                .withClassLoader(classes)
                .withConfiguration(configurations)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .run(context -> assertThat(context).hasNotFailed().hasBean("paddock"));
    }
}
