package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;

import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the settings of proxies from keys, and from the usual environment variables if a key says so. */
final class ProxyAssembly {

    private static final String URL = "paddock.proxy.url";
    private static final String USER = "paddock.proxy.user";
    private static final String PASSWORD = "paddock.proxy.password";
    private static final String EXCEPTIONS = "paddock.proxy.no-proxy";

    private final SettingReader reader;

    ProxyAssembly(SettingReader reader) {
        this.reader = reader;
    }

    ProxySettings assemble() {
        HttpProxy proxy = reader.find(URL, ProxyAssembly::proxy);
        boolean usesEnvironment = reader.read("paddock.proxy.environment", flag());
        String user = reader.find(USER, text());
        String password = reader.find(PASSWORD, text());
        NoProxyList exceptions = exceptions(usesEnvironment);
        if (user != null || password != null) {
            proxy = withCredentials(proxy, user, password);
        }
        if (proxy != null) {
            return new ProxySettings(proxy, proxy, exceptions);
        }
        return usesEnvironment
                ? new ProxySettings(ofEnvironment("http_proxy", "HTTP_PROXY"), ofEnvironment("https_proxy", "HTTPS_PROXY"), exceptions)
                : ProxySettings.NONE;
    }

    private @Nullable HttpProxy withCredentials(@Nullable HttpProxy proxy, @Nullable String user, @Nullable String password) {
        if (proxy == null) {
            if (!reader.isSet(URL)) {
                reader.report(user == null ? PASSWORD : USER, "is set without " + URL);
            }
            return null;
        }
        if (user == null) {
            reader.report(PASSWORD, "is set without " + USER);
            return proxy;
        }
        try {
            return proxy.withCredentials(new HttpProxy.Credentials(user, password == null ? "" : password));
        } catch (InvalidRequestException invalid) {
            reader.report(USER, "is not usable: " + invalid.getMessage());
            return proxy;
        }
    }

    /** Lower case comes first, as in other programs. */
    private @Nullable HttpProxy ofEnvironment(String... names) {
        String[] all = Arrays.copyOf(names, names.length + 2);
        all[names.length] = "all_proxy";
        all[names.length + 1] = "ALL_PROXY";
        for (String name : all) {
            HttpProxy proxy = reader.findVariable(name, "paddock.proxy.environment", ProxyAssembly::proxy);
            if (proxy != null) {
                return proxy;
            }
        }
        return null;
    }

    /** The key comes first. The variables add to the default of the key: they are set with other programs in mind. */
    private NoProxyList exceptions(boolean usesEnvironment) {
        if (usesEnvironment && !reader.isSet(EXCEPTIONS)) {
            List<String> local = reader.texts(EXCEPTIONS);
            for (String name : new String[] {"no_proxy", "NO_PROXY"}) {
                NoProxyList list = reader.findVariable(name, "paddock.proxy.environment", text -> list(Stream.concat(
                                local.stream(), Arrays.stream(text.split("[,\\s]+", -1)).filter(part -> !part.isEmpty()))
                        .toList()));
                if (list != null) {
                    return list;
                }
            }
        }
        try {
            return list(reader.texts(EXCEPTIONS));
        } catch (InvalidValueException invalid) {
            reader.report(EXCEPTIONS, invalid.reason());
            return ProxySettings.NONE.exceptions();
        }
    }

    private static NoProxyList list(List<String> texts) {
        try {
            return NoProxyList.of(texts);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidValueException("is not usable: " + invalid.getMessage());
        }
    }

    private static HttpProxy proxy(String text) {
        try {
            return HttpProxy.parse(text);
        } catch (InvalidRequestException invalid) {
            throw new InvalidValueException("is not usable: " + invalid.getMessage());
        }
    }
}
