package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.ValueParsers.commaSeparated;
import static dev.paddock.bootstrap.config.ValueParsers.duration;
import static dev.paddock.bootstrap.config.ValueParsers.flag;
import static dev.paddock.bootstrap.config.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.ValueParsers.number;
import static dev.paddock.bootstrap.config.ValueParsers.text;
import static dev.paddock.bootstrap.config.ValueParsers.wholeNumber;

import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerTls;
import dev.paddock.domain.error.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the settings of the gateway of what the keys say. */
final class GatewayAssembly {

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

    GatewaySettings assemble() {
        HttpServerSettings server = new HttpServerSettings(
                reader.read(SettingKey.GATEWAY_HOST, text()),
                reader.read(SettingKey.GATEWAY_PORT, wholeNumber(0, LAST_PORT)),
                limits(),
                tls());
        return new GatewaySettings(server, access(), reader.read(SettingKey.GATEWAY_DRAIN, duration()));
    }

    private ServerLimits limits() {
        return ServerLimits.builder()
                .maxConnections(reader.read(SettingKey.GATEWAY_CONNECTIONS, wholeNumber(1, MOST_CONNECTIONS)))
                .maxTargetBytes(reader.read(SettingKey.GATEWAY_TARGET, bytes(256, 64 * KIBIBYTE)))
                .maxHeaderBytes(reader.read(SettingKey.GATEWAY_HEAD, bytes(KIBIBYTE, MEBIBYTE)))
                .maxHeaders(reader.read(SettingKey.GATEWAY_FIELDS, wholeNumber(1, MOST_FIELDS)))
                .maxBodyBytes(reader.read(SettingKey.GATEWAY_BODY, bytes(KIBIBYTE, GIBIBYTE)))
                .maxUploadBytes(reader.read(SettingKey.GATEWAY_UPLOAD, manyBytes(KIBIBYTE, TEBIBYTE)))
                .maxTotalBodyBytes(reader.read(SettingKey.GATEWAY_BODIES, bytes(KIBIBYTE, GIBIBYTE)))
                .headTimeout(reader.read(SettingKey.GATEWAY_HEAD_TIME, duration()))
                .bodyTimeout(reader.read(SettingKey.GATEWAY_BODY_TIME, duration()))
                .idleTimeout(reader.read(SettingKey.GATEWAY_IDLE_TIME, duration()))
                .writeStallTimeout(reader.read(SettingKey.GATEWAY_WRITE_TIME, duration()))
                .build();
    }

    private @Nullable ServerTls tls() {
        Path keyStore = reader.find(SettingKey.GATEWAY_KEY_STORE, GatewayAssembly::file);
        String password = reader.find(SettingKey.GATEWAY_KEY_STORE_PASSWORD, text());
        return keyStore == null ? null : ServerTls.of(keyStore, password == null ? "" : password);
    }

    private AccessSettings access() {
        double perSecond = reader.read(SettingKey.GATEWAY_RATE, number(0, MOST_REQUESTS));
        int burst = reader.read(SettingKey.GATEWAY_BURST, wholeNumber(1, MOST_REQUESTS));
        AccessSettings.RateLimit rate = perSecond == 0
                ? null
                : new AccessSettings.RateLimit(Math.max(perSecond, 0.001), burst, AccessSettings.RateLimit.DEFAULT_CLIENTS);
        return new AccessSettings(
                list(SettingKey.GATEWAY_ALLOWED_HOSTS, AccessSettings.DEFAULT::withHosts),
                list(SettingKey.GATEWAY_ALLOWED_ORIGINS, AccessSettings.DEFAULT::withOrigins),
                list(SettingKey.GATEWAY_KEY_HASHES, AccessSettings.DEFAULT::withKeyHashes),
                rate,
                reader.read(SettingKey.GATEWAY_ADMIN, flag()));
    }

    /** Reads a list and has it checked by the settings that it is for, so that what is wrong is said of its key. */
    private List<String> list(SettingKey key, ListCheck check) {
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

    private static Path file(String path) {
        Path file = Path.of(path);
        if (!Files.isReadable(file)) {
            throw new InvalidValueException("is '" + path + "', which is no file that can be read");
        }
        return file;
    }

    @FunctionalInterface
    private interface ListCheck {

        AccessSettings apply(List<String> values);
    }
}
