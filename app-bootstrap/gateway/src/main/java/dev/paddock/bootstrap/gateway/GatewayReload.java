package dev.paddock.bootstrap.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.SettingValues;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.pool.PoolProfile;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings again when the configuration file or the file of keys has changed, or on demand, and replaces what can be replaced in a
 * running gateway: the servers and the API keys. Settings that are wrong are logged and change nothing. Other settings that have changed are
 * logged by their keys. Thread-safe.
 */
final class GatewayReload implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(GatewayReload.class.getName());
    private static final String BACKENDS = "paddock.backends";
    private static final String KEY_HASHES = "paddock.gateway.access.key-hashes";

    private final ConfigurationLoader loader;
    private final Paddock client;
    private final Runnable serversReplaced;
    private final Consumer<List<AccessKey>> keysReplaced;
    private final SettingValues atStart;
    private final @Nullable Path keyFile;
    private final List<FileWatch> watches = new ArrayList<>();
    private final Lock lock = new ReentrantLock();
    private List<BackendSettings> servers; // guarded by lock, as the next
    private List<AccessKey> keys;
    private boolean isClosed;

    /**
     * Creates a reload of the settings with which a gateway has started.
     *
     * @param serversReplaced runs after the servers of the client were replaced
     * @param keysReplaced gets the keys that are valid from then on
     */
    GatewayReload(
            ConfigurationLoader loader,
            Paddock client,
            GatewayConfiguration started,
            Runnable serversReplaced,
            Consumer<List<AccessKey>> keysReplaced) {
        this.loader = loader;
        this.client = client;
        this.serversReplaced = serversReplaced;
        this.keysReplaced = keysReplaced;
        this.atStart = loader.values(PoolProfile.LOAD_BALANCER);
        this.keyFile = started.gateway().access().keyFile();
        this.servers = client.settings().backends().list();
        this.keys = started.gateway().access().keys();
    }

    /** Watches the configuration file and the file of keys, as far as there are any. They may have changed since the start. */
    void watch() {
        Path configuration = loader.file();
        if (configuration != null && (Files.isRegularFile(configuration) || !Files.exists(configuration))) { // a pipe is read once
            watches.add(FileWatch.start(configuration, this::reload));
            boolean unused = use();
        }
        if (keyFile != null) {
            watches.add(FileWatch.start(keyFile, this::reloadKeys));
            reloadKeys();
        }
    }

    /** Reads all settings now. */
    void reload() {
        if (!use()) {
            LOGGER.log(Level.INFO, "the configuration was read again; the servers and the keys have not changed");
        }
    }

    /** Returns whether something was logged: a change, or why there is none. */
    private boolean use() {
        lock.lock();
        try {
            if (isClosed) {
                return true;
            }
            GatewayConfiguration read = GatewayConfiguration.load(loader);
            // First the keys: one may be revoked, and a server may be unusable.
            boolean isChanged = useKeys(read.gateway().access().keys(), read.gateway().access().keyFile());
            isChanged |= useServers(read.client().backends().list());
            List<String> notUsed = atStart.differences(loader.values(PoolProfile.LOAD_BALANCER)).stream()
                    .filter(key -> !replaceable().contains(key))
                    .toList();
            if (!notUsed.isEmpty()) {
                LOGGER.log(Level.WARNING, "these settings have changed and need a restart: " + String.join(", ", notUsed));
            }
            return isChanged || !notUsed.isEmpty();
        } catch (ConfigurationException wrong) {
            LOGGER.log(
                    Level.WARNING,
                    "the servers and the keys stay as they are, because the configuration cannot be used: " + wrong.getMessage());
        } catch (RuntimeException defect) {
            LOGGER.log(Level.ERROR, "the configuration was read again and could not be used completely", defect);
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** Reads the file of keys alone, so that a key is revoked even while the configuration cannot be used. */
    private void reloadKeys() {
        lock.lock();
        try {
            Path file = keyFile;
            if (file != null && !isClosed) {
                Stream<AccessKey> named = new KeyFile(file).read().stream().map(KeyFile.Entry::key);
                boolean unused = useKeys(Stream.concat(keys.stream().filter(key -> key.name() == null), named).toList(), file);
            }
        } catch (InvalidValueException broken) {
            LOGGER.log(Level.WARNING, "the keys stay as they are, because the file of keys " + broken.reason());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the keys of the configuration that can change in this gateway. */
    private Set<String> replaceable() {
        return client.backends() == null ? Set.of(KEY_HASHES) : Set.of(BACKENDS, KEY_HASHES);
    }

    private boolean useServers(List<BackendSettings> read) {
        if (client.backends() == null || read.equals(servers)) {
            return false;
        }
        if (read.isEmpty()) {
            LOGGER.log(Level.WARNING, "the configuration has no " + BACKENDS + " any more; the servers stay as they are");
            return true;
        }
        client.replaceBackends(read);
        serversReplaced.run();
        servers = read;
        LOGGER.log(Level.INFO, "the servers are now " + read.stream().map(server -> server.id().value()).collect(Collectors.joining(", ")));
        return true;
    }

    /** Uses keys unless they come from another file than at the start, or the gateway would become open. */
    private boolean useKeys(List<AccessKey> read, @Nullable Path file) {
        List<AccessKey> known = Objects.equals(file, keyFile) ? read : withNamed(read);
        if (known.equals(keys)) {
            return false;
        }
        if (known.isEmpty() && keyFile == null) {
            LOGGER.log(Level.WARNING, "the configuration has no keys any more; the keys stay as they are");
            return true;
        }
        keysReplaced.accept(known);
        keys = known;
        LOGGER.log(Level.INFO, "the keys are now " + names(known));
        return true;
    }

    private List<AccessKey> withNamed(List<AccessKey> read) {
        return Stream.concat(
                        read.stream().filter(key -> key.name() == null),
                        keys.stream().filter(key -> key.name() != null))
                .toList();
    }

    private static String names(List<AccessKey> keys) {
        List<String> names = new ArrayList<>(keys.stream().map(AccessKey::name).filter(name -> name != null).toList());
        int unnamed = keys.size() - names.size();
        if (unnamed > 0) {
            names.add(unnamed + " without a name");
        }
        return names.isEmpty() ? "none, so every request that needs one is refused" : String.join(", ", names);
    }

    /** Watches no more, and changes nothing any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
        watches.forEach(FileWatch::close);
    }
}
