package dev.paddock.bootstrap.gateway;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of servers again when the configuration file has changed, or on demand, and replaces the servers of a client. Settings that
 * are wrong are logged and change nothing. Of the other settings none changes. Thread-safe.
 */
final class BackendReload implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(BackendReload.class.getName());

    /** Files are compared by content: times of change are too coarse, and mounted files are replaced with old times. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ConfigurationLoader loader;
    private final Paddock client;
    private final Runnable replaced;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Lock lock = new ReentrantLock();
    private List<BackendSettings> present; // guarded by lock

    BackendReload(ConfigurationLoader loader, Paddock client, Runnable replaced) {
        this.loader = loader;
        this.client = client;
        this.replaced = replaced;
        this.present = client.settings().backends().list();
    }

    /** Watches the configuration file, in a thread of its own; does nothing without a file. */
    void watch() {
        Path file = loader.file();
        if (file != null) {
            byte[] seen = content(file);
            Thread.ofVirtual().name("paddock-backend-reload").start(() -> watch(file, seen));
        }
    }

    private void watch(Path file, byte @Nullable [] atStart) {
        byte[] seen = atStart;
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                byte[] now = content(file);
                // An editor may just be replacing the file.
                if (now != null && !Arrays.equals(now, seen)) {
                    seen = now;
                    reload();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte @Nullable [] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Reads the list now and replaces the servers if it has changed. */
    void reload() {
        lock.lock();
        try {
            List<BackendSettings> read = GatewayConfiguration.load(loader).client().backends().list();
            if (read.isEmpty()) {
                LOGGER.log(Level.WARNING, "the configuration has no paddock.backends any more; the servers stay as they are");
            } else if (!read.equals(present)) {
                client.replaceBackends(read);
                replaced.run();
                present = read;
                LOGGER.log(Level.INFO, "the servers are now " + names(read));
            }
        } catch (ConfigurationException wrong) {
            LOGGER.log(Level.WARNING, "the servers stay as they are, because the configuration cannot be used: " + wrong.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private static String names(List<BackendSettings> backends) {
        return backends.stream().map(backend -> backend.id().value()).collect(Collectors.joining(", "));
    }

    /** Watches no more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
