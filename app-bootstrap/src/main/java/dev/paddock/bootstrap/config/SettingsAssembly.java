package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.ValueParsers.apiKey;
import static dev.paddock.bootstrap.config.ValueParsers.baseUrl;
import static dev.paddock.bootstrap.config.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.ValueParsers.duration;
import static dev.paddock.bootstrap.config.ValueParsers.durationOrNone;
import static dev.paddock.bootstrap.config.ValueParsers.flag;
import static dev.paddock.bootstrap.config.ValueParsers.name;
import static dev.paddock.bootstrap.config.ValueParsers.number;
import static dev.paddock.bootstrap.config.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.ValueParsers.seconds;
import static dev.paddock.bootstrap.config.ValueParsers.wholeNumber;

import dev.paddock.adapters.http.exchange.ExchangeTimeouts;
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
                server(), connections(), calls(), new MetricsSettings(reader.read(SettingKey.METRICS_JMX, flag())));
    }

    private ServerSettings server() {
        return new ServerSettings(
                reader.read(SettingKey.BASE_URL, baseUrl()),
                reader.find(SettingKey.API_KEY, apiKey()),
                reader.read(SettingKey.DIALECT, oneOf(DialectName.values())));
    }

    private ConnectionSettings connections() {
        return new ConnectionSettings(reader.find(SettingKey.TRANSPORT, name(transports)), pool(), timing());
    }

    private PoolLimits pool() {
        return new PoolLimits(
                reader.read(SettingKey.POOL_HOSTS, wholeNumber(1, MOST_CONNECTIONS)),
                reader.read(SettingKey.POOL_CONNECTIONS_PER_HOST, wholeNumber(1, MOST_CONNECTIONS)),
                reader.read(SettingKey.POOL_WHEN_FULL, oneOf(WhenFull.values())),
                reader.read(SettingKey.POOL_LEASE_TIMEOUT, duration()));
    }

    private TransportSettings timing() {
        ConnectionLifetimes lifetimes = new ConnectionLifetimes(
                reader.read(SettingKey.POOL_IDLE_LIFETIME, duration()), reader.read(SettingKey.POOL_TOTAL_LIFETIME, duration()));
        return new TransportSettings(
                reader.read(SettingKey.TIMEOUTS_CONNECT, duration()),
                reader.read(SettingKey.TIMEOUTS_TLS, duration()),
                lifetimes,
                null);
    }

    private CallSettings calls() {
        return new CallSettings(
                reader.find(SettingKey.TIMEOUTS_CALL, duration()),
                limits(),
                resilience(),
                reader.read(SettingKey.RESPONSES_LONGEST_FRAME, bytes(SHORTEST_FRAME_LIMIT, LONGEST_FRAME_LIMIT)));
    }

    private ExchangeTimeouts limits() {
        Duration forAll = reader.find(SettingKey.TIMEOUTS_READ, duration());
        PhaseLimits phases = new PhaseLimits(
                reader.read(SettingKey.TIMEOUTS_SEND, duration()),
                readLimit(SettingKey.TIMEOUTS_HEAD, forAll),
                readLimit(SettingKey.TIMEOUTS_FRAME_GAP, forAll));
        return new ExchangeTimeouts(phases, readLimit(SettingKey.TIMEOUTS_LOOKUP, forAll));
    }

    /** Returns what was chosen for the key, or else for all waits at once, or else the default. */
    private Duration readLimit(SettingKey key, @Nullable Duration forAll) {
        Duration limit = reader.read(key, duration());
        return forAll == null || reader.chosen(key) != null ? limit : forAll;
    }

    private ResilienceSettings resilience() {
        return new ResilienceSettings(
                retry(), budget(), circuit(), reader.read(SettingKey.CALLS_AT_ONCE, wholeNumber(0, MOST_CONNECTIONS)));
    }

    private ResilienceSettings.Retry retry() {
        return new ResilienceSettings.Retry(
                reader.read(SettingKey.RETRY_MAX_RETRIES, wholeNumber(0, MOST_RETRIES)),
                reader.read(SettingKey.RETRY_BACKOFF, durationOrNone()),
                reader.read(SettingKey.RETRY_JITTER, number(0, 1)),
                reader.read(SettingKey.RETRY_LONGEST_WAIT, duration()),
                reader.read(SettingKey.RETRY_GENERATIONS, oneOf(GenerationReplay.values())));
    }

    private ResilienceSettings.Budget budget() {
        return new ResilienceSettings.Budget(
                reader.read(SettingKey.RETRY_BUDGET_PER_CALL, number(0, 1)),
                reader.read(SettingKey.RETRY_BUDGET_PER_SECOND, number(0, MOST_CONNECTIONS)),
                reader.read(SettingKey.RETRY_BUDGET_BURST, wholeNumber(1, MOST_CONNECTIONS)),
                reader.read(SettingKey.RETRY_BUDGET_CONCURRENT_SHARE, number(0, 1)),
                reader.read(SettingKey.RETRY_BUDGET_CONCURRENT_FLOOR, wholeNumber(0, MOST_CONNECTIONS)));
    }

    private ResilienceSettings.CircuitBreakerSettings circuit() {
        return new ResilienceSettings.CircuitBreakerSettings(
                reader.read(SettingKey.CIRCUIT_CONSECUTIVE_FAILURES, wholeNumber(1, MOST_FAILURES)),
                new ResilienceSettings.FailureRate(
                        reader.read(SettingKey.CIRCUIT_FAILURE_PERCENT, wholeNumber(1, 100)),
                        reader.read(SettingKey.CIRCUIT_FEWEST_CALLS, wholeNumber(1, MOST_FAILURES)),
                        reader.read(SettingKey.CIRCUIT_WINDOW, seconds())),
                new ResilienceSettings.OpenTime(
                        reader.read(SettingKey.CIRCUIT_OPEN_FOR, duration()),
                        reader.read(SettingKey.CIRCUIT_LONGEST_OPEN, duration())));
    }
}
