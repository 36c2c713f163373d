package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import java.net.http.HttpClient;
import java.time.Duration;

/** Makes the JDK's clients with all their own policies turned off. */
final class ClientFactory {

    private final Endpoint endpoint;
    private final TransportSettings settings;
    private final boolean http2;

    ClientFactory(Endpoint endpoint, TransportSettings settings, boolean http2) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.http2 = http2;
    }

    HttpClient create() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // On cleartext, HTTP/2 would ask to change the protocol of the connection.
                .version(http2 && endpoint.secure() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connectTimeout())
                .executor(TrampolineExecutor::run);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls());
        }
        return builder.build();
    }

    /** The client has one limit for both. */
    private Duration connectTimeout() {
        return endpoint.secure() ? settings.connectTimeout().plus(settings.tlsTimeout()) : settings.connectTimeout();
    }
}
