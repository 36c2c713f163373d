package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Loads the classes of the settings in the background while the application starts, because most of the time that the client adds to the
 * start is their loading. It reads the defaults only: the start itself reads the settings of the application and waits for their check.
 */
final class BackgroundLoading implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        if (Runtime.getRuntime().availableProcessors() > 1) { // with one, the start would wait for it
            Thread.ofPlatform().daemon().name("paddock-loading").start(BackgroundLoading::load);
        }
    }

    private static void load() {
        try {
            ConfigurationLoader.ofDefaults().withTransports(Transports.names()).load();
        } catch (RuntimeException | Error met) {
            return; // the start meets it too, and reports it
        }
    }
}
