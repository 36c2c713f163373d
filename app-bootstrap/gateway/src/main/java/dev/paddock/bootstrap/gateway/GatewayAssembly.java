package dev.paddock.bootstrap.gateway;

import static dev.paddock.bootstrap.config.value.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.commaSeparated;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.number;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.value.ValueParsers.path;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.MonitoringSettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits.SizeLimit;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerTls;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.error.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the settings of the gateway from keys. */
final class GatewayAssembly {

    private static final String ADMISSION = "paddock.admission.enabled";
    private static final String KEY_FILE = "paddock.gateway.access.key-file";
    private static final double UNLIMITED = -1;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final int MOST_REQUESTS = 100_000;
    private static final int MOST_FIELDS = 1_000;
    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;
    private static final int GIBIBYTE = 1 << 30;
    private static final long TEBIBYTE = 1L << 40;

    private final SettingReader reader;

    GatewayAssembly(SettingReader reader) {
        this.reader = reader;
    }

    /** Makes the settings of a gateway whose event loops are over the native library, or over NIO. */
    GatewaySettings assemble(boolean isNative) {
        String problem = isNative ? Transports.nativeTransportProblem(GatewayConfiguration.TRANSPORT) : null;
        if (problem != null) {
            reader.report(PaddockSettings.NATIVE_TRANSPORT, problem);
        }
        HttpServerSettings server = new HttpServerSettings(
                reader.read("paddock.gateway.host", text()),
                reader.read("paddock.gateway.port", wholeNumber(0, LAST_PORT)),
                limits(),
                tls(),
                isNative);
        return new GatewaySettings(server, access(), reader.read("paddock.gateway.drain", duration()), monitoring());
    }

    private MonitoringSettings monitoring() {
        return new MonitoringSettings(
                reader.read("paddock.gateway.access-log.format", oneOf(AccessLogFormat.values())),
                reader.read("paddock.gateway.access-log.probes", flag()),
                reader.read("paddock.gateway.ready-after-answer", flag()),
                reader.read("paddock.gateway.dashboard", flag()));
    }

    private ServerLimits limits() {
        return ServerLimits.DEFAULT
                .with(SizeLimit.CONNECTIONS, reader.read("paddock.gateway.limits.connections", wholeNumber(1, MOST_CONNECTIONS)))
                .with(SizeLimit.TARGET_BYTES, reader.read("paddock.gateway.limits.target", bytes(256, 64 * KIBIBYTE)))
                .with(SizeLimit.HEADER_BYTES, reader.read("paddock.gateway.limits.head", bytes(KIBIBYTE, MEBIBYTE)))
                .with(SizeLimit.HEADERS, reader.read("paddock.gateway.limits.fields", wholeNumber(1, MOST_FIELDS)))
                .with(SizeLimit.BODY_BYTES, reader.read("paddock.gateway.limits.body", bytes(KIBIBYTE, GIBIBYTE)))
                .with(SizeLimit.UPLOAD_BYTES, reader.read("paddock.gateway.limits.upload", manyBytes(KIBIBYTE, TEBIBYTE)))
                .with(SizeLimit.TOTAL_BODY_BYTES, reader.read("paddock.gateway.limits.bodies", bytes(KIBIBYTE, GIBIBYTE)))
                .with(TimeLimit.HEAD, reader.read("paddock.gateway.limits.head-time", duration()))
                .with(TimeLimit.BODY, reader.read("paddock.gateway.limits.body-time", duration()))
                .with(TimeLimit.IDLE, reader.read("paddock.gateway.limits.idle-time", duration()))
                .with(TimeLimit.WRITE_STALL, reader.read("paddock.gateway.limits.write-time", duration()));
    }

    private @Nullable ServerTls tls() {
        Path keyStore = reader.find("paddock.gateway.tls.key-store", GatewayAssembly::file);
        String password = reader.find("paddock.gateway.tls.password", text());
        return keyStore == null ? null : ServerTls.of(keyStore, password == null ? "" : password);
    }

    private AccessSettings access() {
        double perSecond = reader.read("paddock.gateway.access.requests-per-second", this::requestsPerSecond);
        int burst = reader.read("paddock.gateway.access.burst", wholeNumber(1, MOST_REQUESTS));
        AccessSettings.RateLimit rate = perSecond == UNLIMITED
                ? null
                : new AccessSettings.RateLimit(perSecond, burst, AccessSettings.RateLimit.DEFAULT_CLIENTS);
        List<AccessKey> keys = new ArrayList<>(
                list("paddock.gateway.access.key-hashes", AccessSettings.DEFAULT::withKeyHashes).stream().map(AccessKey::parse).toList());
        Path keyFile = reader.find(KEY_FILE, path());
        if (keyFile != null) {
            List<KeyFile.Entry> named = reader.find(KEY_FILE, unused -> new KeyFile(keyFile).read());
            keys.addAll(named == null ? List.of() : named.stream().map(KeyFile.Entry::key).toList());
        }
        return new AccessSettings(
                list("paddock.gateway.access.hosts", AccessSettings.DEFAULT::withHosts),
                list("paddock.gateway.access.origins", AccessSettings.DEFAULT::withOrigins),
                keys,
                keyFile,
                rate,
                reader.read("paddock.gateway.admin", flag()),
                list("paddock.gateway.access.allow", AccessSettings.DEFAULT::withAllowedPaths));
    }

    private double requestsPerSecond(String text) {
        if (text.equalsIgnoreCase("auto")) {
            if (!reader.read(ADMISSION, flag())) {
                throw new InvalidValueException("is auto, which needs " + ADMISSION + " = true");
            }
            return AccessSettings.RateLimit.BY_CAPACITY;
        }
        double perSecond = number(0, MOST_REQUESTS).read(text);
        return perSecond == 0 ? UNLIMITED : Math.max(perSecond, 0.001);
    }

    /** Reads a list and checks it with the settings that use it, so that a problem names the key. */
    private List<String> list(String key, ListCheck check) {
        List<String> values = reader.find(key, raw -> {
            List<String> items = commaSeparated().read(raw);
            try {
                AccessSettings unused = check.apply(items);
            } catch (InvalidRequestException invalid) {
                throw new InvalidValueException("is not usable: " + invalid.getMessage());
            }
            return items;
        });
        return values == null ? List.of() : values;
    }

    private static Path file(String text) {
        Path file = path().read(text);
        if (!Files.isReadable(file)) {
            throw new InvalidValueException("is '" + text + "', which is no file that can be read");
        }
        return file;
    }

    @FunctionalInterface
    private interface ListCheck {

        AccessSettings apply(List<String> values);
    }
}
