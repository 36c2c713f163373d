package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.baseUrl;
import static dev.paddock.bootstrap.config.value.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.durationOrNone;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.name;
import static dev.paddock.bootstrap.config.value.ValueParsers.number;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.value.ValueParsers.seconds;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.adapters.http.exchange.ExchangeTimeouts;
import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.resilience.GenerationReplay;
import dev.paddock.adapters.http.resilience.ResilienceSettings;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.domain.routing.RoutingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the settings of a client from keys: the type of each key, and the range of its values. */
final class SettingsAssembly {

    private static final String WHEN_FULL = "paddock.pool.when-full";
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_RETRIES = 10;
    private static final int MOST_FAILURES = 1_000_000;
    private static final int SHORTEST_FRAME_LIMIT = 1 << 10;
    private static final int LONGEST_FRAME_LIMIT = 1 << 30;

    private final SettingReader reader;
    private final Set<String> transports;
    private final AdmissionAssembly admission;

    SettingsAssembly(SettingReader reader, Set<String> transports) {
        this.reader = reader;
        this.transports = transports;
        this.admission = new AdmissionAssembly(reader, Runtime.getRuntime().maxMemory());
    }

    PaddockSettings assemble() {
        checkTimes();
        ServerSettings server = server();
        CallSettings calls = calls();
        return new PaddockSettings(
                server,
                connections(),
                calls,
                new MetricsSettings(reader.read("paddock.metrics.jmx", flag())),
                new ReuseAssembly(reader, Runtime.getRuntime().maxMemory()).assemble(),
                new BackendsAssembly(reader, server, ejection(calls.resilience().circuit())).assemble(),
                new SharedStateAssembly(reader).assemble(),
                new DocumentsAssembly(reader).assemble());
    }

    /** Servers are ejected by the numbers by which circuits open. */
    private static RoutingSettings.Ejection ejection(ResilienceSettings.CircuitBreakerSettings circuit) {
        return new RoutingSettings.Ejection(
                circuit.consecutiveFailures(),
                circuit.rate().percent(),
                circuit.rate().fewestCalls(),
                circuit.openTime().first(),
                circuit.openTime().longest());
    }

    private ServerSettings server() {
        return new ServerSettings(
                reader.read("paddock.base-url", baseUrl()),
                reader.find("paddock.api-key", SettingsAssembly::apiKey),
                reader.read("paddock.dialect", oneOf(DialectName.values())));
    }

    private ConnectionSettings connections() {
        return new ConnectionSettings(reader.find("paddock.transport", name(transports)), pool(), timing(), new ProxyAssembly(reader).assemble());
    }

    private PoolLimits pool() {
        return new PoolLimits(
                reader.read("paddock.pool.hosts", wholeNumber(1, MOST_CONNECTIONS)),
                reader.read("paddock.pool.connections-per-host", wholeNumber(1, MOST_CONNECTIONS)),
                whenFull(),
                reader.read("paddock.pool.lease-timeout", duration()));
    }

    /** With an admission queue calls wait for a connection, too, unless the key itself says otherwise. */
    private WhenFull whenFull() {
        WhenFull set = reader.read(WHEN_FULL, oneOf(WhenFull.values()));
        boolean isQueued = set == WhenFull.FAIL && admission.isEnabled() && !reader.isSet(WHEN_FULL);
        return isQueued ? WhenFull.WAIT : set;
    }

    private TransportSettings timing() {
        ConnectionLifetimes lifetimes = new ConnectionLifetimes(
                reader.read("paddock.pool.idle-lifetime", duration()), reader.read("paddock.pool.total-lifetime", duration()));
        return new TransportSettings(
                reader.read("paddock.timeouts.connect", duration()),
                reader.read("paddock.timeouts.tls", duration()),
                lifetimes,
                new TlsAssembly(reader).assemble())
                .withNativeTransport(reader.read(PaddockSettings.NATIVE_TRANSPORT, flag()));
    }

    private CallSettings calls() {
        return new CallSettings(
                reader.find("paddock.timeouts.call", duration()),
                limits(),
                resilience(),
                admission.assemble(),
                reader.read("paddock.responses.longest-frame", bytes(SHORTEST_FRAME_LIMIT, LONGEST_FRAME_LIMIT)));
    }

    private ExchangeTimeouts limits() {
        Duration forAll = reader.find("paddock.timeouts.read", duration());
        PhaseLimits phases = new PhaseLimits(
                reader.read("paddock.timeouts.send", duration()),
                readLimit("paddock.timeouts.head", forAll),
                readLimit("paddock.timeouts.frame-gap", forAll));
        return new ExchangeTimeouts(phases, readLimit("paddock.timeouts.lookup", forAll));
    }

    /** Returns the value of the key if it is set, else the value for all waits, else the default. */
    private Duration readLimit(String key, @Nullable Duration forAll) {
        Duration limit = reader.read(key, duration());
        return forAll == null || reader.isSet(key) ? limit : forAll;
    }

    private ResilienceSettings resilience() {
        return new ResilienceSettings(
                retry(), budget(), circuit(), reader.read("paddock.calls-at-once", wholeNumber(0, MOST_CONNECTIONS)));
    }

    private ResilienceSettings.Retry retry() {
        return new ResilienceSettings.Retry(
                reader.read("paddock.retry.max-retries", wholeNumber(0, MOST_RETRIES)),
                reader.read("paddock.retry.backoff", durationOrNone()),
                reader.read("paddock.retry.jitter", number(0, 1)),
                reader.read("paddock.retry.longest-wait", duration()),
                reader.read("paddock.retry.generations", oneOf(GenerationReplay.values())));
    }

    private ResilienceSettings.Budget budget() {
        return new ResilienceSettings.Budget(
                reader.read("paddock.retry-budget.per-call", number(0, 1)),
                reader.read("paddock.retry-budget.per-second", number(0, MOST_CONNECTIONS)),
                reader.read("paddock.retry-budget.burst", wholeNumber(1, MOST_CONNECTIONS)),
                reader.read("paddock.retry-budget.concurrent-share", number(0, 1)),
                reader.read("paddock.retry-budget.concurrent-floor", wholeNumber(0, MOST_CONNECTIONS)));
    }

    private ResilienceSettings.CircuitBreakerSettings circuit() {
        return new ResilienceSettings.CircuitBreakerSettings(
                reader.read("paddock.circuit.consecutive-failures", wholeNumber(1, MOST_FAILURES)),
                new ResilienceSettings.FailureRate(
                        reader.read("paddock.circuit.failure-percent", wholeNumber(1, 100)),
                        reader.read("paddock.circuit.fewest-calls", wholeNumber(1, MOST_FAILURES)),
                        reader.read("paddock.circuit.window", seconds())),
                new ResilienceSettings.OpenTime(
                        reader.read("paddock.circuit.open-for", duration()),
                        reader.read("paddock.circuit.longest-open", duration())));
    }

    private void checkTimes() {
        reader.requireAtMost("paddock.pool.idle-lifetime", "paddock.pool.total-lifetime");
        for (String phase : List.of("connect", "tls", "send", "head", "lookup", "frame-gap", "read")) {
            reader.requireAtMost("paddock.timeouts." + phase, "paddock.timeouts.call");
        }
        reader.requireAtMost("paddock.pool.lease-timeout", "paddock.timeouts.call");
    }

    /** Reads a secret; messages do not contain it. */
    static ApiKey apiKey(String text) {
        try {
            return new ApiKey(text);
        } catch (InvalidRequestException invalid) {
            throw new InvalidValueException("is not usable: " + invalid.getMessage());
        }
    }
}
