package dev.paddock.bootstrap.config.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.sharedstate.StoreAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads URLs of stores: {@code redis://user:password@host:port/database}, with {@code rediss} for TLS. All but the host may be absent. */
final class StoreUrl {

    private static final int DEFAULT_PORT = 6379;
    private static final int LAST_PORT = 65_535;
    private static final Pattern DATABASE = Pattern.compile("/?([0-9]{0,4})");
    private static final String FORM = "is not usable: it must have the form redis://host:6379/0, with rediss for TLS";

    private StoreUrl() {}

    static StoreAddress parse(String text) {
        URI uri = uri(text);
        String scheme = uri.getScheme();
        Matcher database = DATABASE.matcher(uri.getPath() == null ? "" : uri.getPath());
        boolean isForm = ("redis".equalsIgnoreCase(scheme) || "rediss".equalsIgnoreCase(scheme))
                && uri.getHost() != null
                && database.matches()
                && uri.getQuery() == null
                && uri.getFragment() == null
                && uri.getPort() <= LAST_PORT
                && uri.getPort() != 0;
        if (!isForm) {
            throw new InvalidValueException(FORM);
        }
        String host = uri.getHost();
        String number = database.group(1);
        StoreAddress place = new StoreAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                number.isEmpty() ? 0 : Integer.parseInt(number),
                "rediss".equalsIgnoreCase(scheme),
                null,
                null,
                null);
        return withUser(place, uri.getRawUserInfo());
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException invalid) {
            throw new InvalidValueException(FORM + "; other characters in a password are written as %40 and the like");
        }
    }

    private static StoreAddress withUser(StoreAddress place, @Nullable String credentials) {
        if (credentials == null) {
            return place;
        }
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException("is not usable: it has a user without a password");
        }
        String user = decoded(credentials.substring(0, colon));
        String password = decoded(credentials.substring(colon + 1));
        return place.withUser(user.isEmpty() ? null : user, password);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
