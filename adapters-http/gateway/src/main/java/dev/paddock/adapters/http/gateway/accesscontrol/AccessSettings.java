package dev.paddock.adapters.http.gateway.accesscontrol;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of access control. Immutable.
 *
 * @param hosts host names of the gateway in addition to the local ones; empty allows only the local ones on a loopback address, and any
 *     name elsewhere; {@code *} for any name, which disables the protection against DNS
 *     rebinding; {@code *.example.com} for all names below one
 * @param origins origins of web pages that may use it in addition to those of this machine: {@code *} for all, or an origin with at
 *     most one {@code *} in it
 * @param keys the API keys
 * @param keyFile the file that the keys with names come from, or null for none; with a file, or with keys, a request needs a key
 * @param rate the rate limit of one client, or null for none
 * @param administration whether clients may send every request, also those that change the server
 * @param allowedPaths patterns of paths that clients may use although {@code administration} is false; {@code *} stands for any characters
 */
public record AccessSettings(
        List<String> hosts, List<String> origins, List<AccessKey> keys, @Nullable Path keyFile, @Nullable RateLimit rate,
        boolean administration, List<String> allowedPaths) {

    /** No keys, no rate limit, no administration. */
    public static final AccessSettings DEFAULT = new AccessSettings(List.of(), List.of(), List.of(), null, null, false, List.of());

    private static final Pattern HOST = Pattern.compile("\\*|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s]+");

    /**
     * Checks the settings.
     *
     * @throws InvalidRequestException if a host, an origin or a path has a wrong form
     */
    public AccessSettings {
        hosts = lowerCase(hosts);
        origins = lowerCase(origins);
        keys = List.copyOf(keys);
        require(hosts.stream().allMatch(host -> HOST.matcher(host).matches()), "a host is a name without a port, or *");
        require(origins.stream().allMatch(AccessSettings::isOrigin), "an origin is scheme://host, with at most one *, or *");
        allowedPaths = List.copyOf(allowedPaths);
        require(
                allowedPaths.stream().allMatch(PathPatterns::isPattern),
                "a path begins with / and has no query, escape or segment parameter; * in it stands for any characters");
    }

    /** Returns these settings with other hosts. */
    public AccessSettings withHosts(List<String> newHosts) {
        return new AccessSettings(newHosts, origins, keys, keyFile, rate, administration, allowedPaths);
    }

    /** Returns these settings with other origins. */
    public AccessSettings withOrigins(List<String> newOrigins) {
        return new AccessSettings(hosts, newOrigins, keys, keyFile, rate, administration, allowedPaths);
    }

    /**
     * Returns these settings with other keys.
     *
     * @param newKeys the hashes, each possibly with the share of its caller, as {@link AccessKey#parse} reads them
     */
    public AccessSettings withKeyHashes(List<String> newKeys) {
        return withKeys(newKeys.stream().map(AccessKey::parse).toList());
    }

    /** Returns these settings with other keys. */
    public AccessSettings withKeys(List<AccessKey> newKeys) {
        return new AccessSettings(hosts, origins, newKeys, keyFile, rate, administration, allowedPaths);
    }

    /** Returns these settings with another file of keys; null for none. */
    public AccessSettings withKeyFile(@Nullable Path newFile) {
        return new AccessSettings(hosts, origins, keys, newFile, rate, administration, allowedPaths);
    }

    /** Returns whether a request needs a key. With a file it does even when all its keys were revoked. */
    public boolean isKeyRequired() {
        return keyFile != null || !keys.isEmpty();
    }

    /** Returns these settings with another rate limit; null for none. */
    public AccessSettings withRate(@Nullable RateLimit newRate) {
        return new AccessSettings(hosts, origins, keys, keyFile, newRate, administration, allowedPaths);
    }

    /** Returns these settings, in which administration is allowed or not. */
    public AccessSettings withAdministration(boolean allowed) {
        return new AccessSettings(hosts, origins, keys, keyFile, rate, allowed, allowedPaths);
    }

    /** Returns these settings with other allowed paths. */
    public AccessSettings withAllowedPaths(List<String> newPaths) {
        return new AccessSettings(hosts, origins, keys, keyFile, rate, administration, newPaths);
    }

    /**
     * Returns the text that stands for a caller in all gateways: that of its key for the name of a key and for {@code key-0}, the first key;
     * for others the caller itself.
     */
    public String tenantOf(String caller) {
        for (int index = 0; index < keys.size(); index++) {
            if (caller.equals(keys.get(index).caller(index))) {
                return keys.get(index).tenant();
            }
        }
        return caller;
    }

    /** Returns the settings with only the number of keys. */
    @Override
    public String toString() {
        return "hosts " + hosts + ", origins " + origins + ", " + keys.size() + " keys, rate " + rate
                + ", administration " + administration + ", allowed paths " + allowedPaths;
    }

    private static boolean isOrigin(String origin) {
        boolean oneWildcard = origin.indexOf('*') == origin.lastIndexOf('*');
        return origin.equals("*") || (oneWildcard && ORIGIN.matcher(origin).matches());
    }

    private static List<String> lowerCase(List<String> values) {
        return requireNonNull(values, "values").stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }

    /**
     * The rate limit of one client.
     *
     * @param perSecond requests per second on average, positive, or {@link #BY_CAPACITY}
     * @param burst how many requests may come at once after a pause, positive
     * @param clients for how many clients requests are counted, positive; the least recently seen client is dropped
     */
    public record RateLimit(double perSecond, int burst, int clients) {

        /** The default number of clients. */
        public static final int DEFAULT_CLIENTS = 10_000;

        /** As many requests per second as the model servers can answer; only requests that run a model count. */
        public static final double BY_CAPACITY = 0;

        static final double LEAST = 0.001;
        static final double MOST = 1e6;

        /**
         * Checks the limit.
         *
         * @throws InvalidRequestException if a number is not positive
         */
        public RateLimit {
            require(perSecond == BY_CAPACITY || (perSecond >= LEAST && perSecond <= MOST), "a rate is from 0.001 to a million requests a second");
            require(burst > 0, "a burst is at least one request");
            require(clients > 0, "the number of clients is at least one");
        }

        boolean isByCapacity() {
            return perSecond == BY_CAPACITY;
        }
    }
}
