package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.ValueTypes.apiKey;
import static dev.paddock.bootstrap.config.ValueTypes.baseUrl;
import static dev.paddock.bootstrap.config.ValueTypes.bytes;
import static dev.paddock.bootstrap.config.ValueTypes.duration;
import static dev.paddock.bootstrap.config.ValueTypes.durationOrNone;
import static dev.paddock.bootstrap.config.ValueTypes.flag;
import static dev.paddock.bootstrap.config.ValueTypes.name;
import static dev.paddock.bootstrap.config.ValueTypes.number;
import static dev.paddock.bootstrap.config.ValueTypes.oneOf;
import static dev.paddock.bootstrap.config.ValueTypes.seconds;
import static dev.paddock.bootstrap.config.ValueTypes.wholeNumber;

import dev.paddock.adapters.http.exchange.TimeLimits;
import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.resilience.GenerationReplay;
import dev.paddock.adapters.http.resilience.ResilienceSettings;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes settings of what the keys say: which type each key has, and which numbers are sensible. */
final class SettingsAssembly {

    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_RETRIES = 10;
    private static final int MOST_FAILURES = 1_000_000;
    private static final int SHORTEST_FRAME_LIMIT = 1 << 10;
    private static final int LONGEST_FRAME_LIMIT = 1 << 30;

    private final SettingReader reader;
    private final Set<String> transports;

    SettingsAssembly(SettingReader reader, Set<String> transports) {
        this.reader = reader;
        this.transports = transports;
    }

    PaddockSettings assemble() {
        return new PaddockSettings(
                server(), connections(), calls(), new MetricsSettings(reader.read(Key.METRICS_JMX, flag())));
    }

    private ServerSettings server() {
        return new ServerSettings(
                reader.read(Key.BASE_URL, baseUrl()),
                reader.find(Key.API_KEY, apiKey()),
                reader.read(Key.DIALECT, oneOf(DialectName.values())));
    }

    private ConnectionSettings connections() {
        return new ConnectionSettings(reader.find(Key.TRANSPORT, name(transports)), pool(), timing());
    }

    private PoolLimits pool() {
        return new PoolLimits(
                reader.read(Key.POOL_HOSTS, wholeNumber(1, MOST_CONNECTIONS)),
                reader.read(Key.POOL_CONNECTIONS_PER_HOST, wholeNumber(1, MOST_CONNECTIONS)),
                reader.read(Key.POOL_WHEN_FULL, oneOf(WhenFull.values())),
                reader.read(Key.POOL_LEASE_TIMEOUT, duration()));
    }

    private TransportSettings timing() {
        ConnectionLifetimes lifetimes = new ConnectionLifetimes(
                reader.read(Key.POOL_IDLE_LIFETIME, duration()), reader.read(Key.POOL_TOTAL_LIFETIME, duration()));
        return new TransportSettings(
                reader.read(Key.TIMEOUTS_CONNECT, duration()),
                reader.read(Key.TIMEOUTS_TLS, duration()),
                lifetimes,
                null);
    }

    private CallSettings calls() {
        return new CallSettings(
                reader.find(Key.TIMEOUTS_CALL, duration()),
                limits(),
                resilience(),
                reader.read(Key.RESPONSES_LONGEST_FRAME, bytes(SHORTEST_FRAME_LIMIT, LONGEST_FRAME_LIMIT)));
    }

    private TimeLimits limits() {
        Duration forAll = reader.find(Key.TIMEOUTS_READ, duration());
        PhaseLimits phases = new PhaseLimits(
                reader.read(Key.TIMEOUTS_SEND, duration()),
                readLimit(Key.TIMEOUTS_HEAD, forAll),
                readLimit(Key.TIMEOUTS_FRAME_GAP, forAll));
        return new TimeLimits(phases, readLimit(Key.TIMEOUTS_LOOKUP, forAll));
    }

    /** Returns what was chosen for the key, or else for all waits at once, or else the default. */
    private Duration readLimit(Key key, @Nullable Duration forAll) {
        Duration limit = reader.read(key, duration());
        return forAll == null || reader.chosen(key) != null ? limit : forAll;
    }

    private ResilienceSettings resilience() {
        return new ResilienceSettings(
                retry(), budget(), circuit(), reader.read(Key.CALLS_AT_ONCE, wholeNumber(0, MOST_CONNECTIONS)));
    }

    private ResilienceSettings.Retry retry() {
        return new ResilienceSettings.Retry(
                reader.read(Key.RETRY_MAX_RETRIES, wholeNumber(0, MOST_RETRIES)),
                reader.read(Key.RETRY_BACKOFF, durationOrNone()),
                reader.read(Key.RETRY_JITTER, number(0, 1)),
                reader.read(Key.RETRY_LONGEST_WAIT, duration()),
                reader.read(Key.RETRY_GENERATIONS, oneOf(GenerationReplay.values())));
    }

    private ResilienceSettings.Budget budget() {
        return new ResilienceSettings.Budget(
                reader.read(Key.RETRY_BUDGET_PER_CALL, number(0, 1)),
                reader.read(Key.RETRY_BUDGET_PER_SECOND, number(0, MOST_CONNECTIONS)),
                reader.read(Key.RETRY_BUDGET_BURST, wholeNumber(1, MOST_CONNECTIONS)),
                reader.read(Key.RETRY_BUDGET_CONCURRENT_SHARE, number(0, 1)),
                reader.read(Key.RETRY_BUDGET_CONCURRENT_FLOOR, wholeNumber(0, MOST_CONNECTIONS)));
    }

    private ResilienceSettings.CircuitBreaking circuit() {
        return new ResilienceSettings.CircuitBreaking(
                reader.read(Key.CIRCUIT_CONSECUTIVE_FAILURES, wholeNumber(1, MOST_FAILURES)),
                new ResilienceSettings.FailureRate(
                        reader.read(Key.CIRCUIT_FAILURE_PERCENT, wholeNumber(1, 100)),
                        reader.read(Key.CIRCUIT_FEWEST_CALLS, wholeNumber(1, MOST_FAILURES)),
                        reader.read(Key.CIRCUIT_WINDOW, seconds())),
                new ResilienceSettings.OpenTime(
                        reader.read(Key.CIRCUIT_OPEN_FOR, duration()),
                        reader.read(Key.CIRCUIT_LONGEST_OPEN, duration())));
    }
}
