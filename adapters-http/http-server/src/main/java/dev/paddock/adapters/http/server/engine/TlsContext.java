package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.ServerTls;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/** The key store and the TLS settings of a server, read once. */
final class TlsContext {

    private final SslContext context;
    private final long handshakeMillis;

    private TlsContext(SslContext context, long handshakeMillis) {
        this.context = context;
        this.handshakeMillis = handshakeMillis;
    }

    static TlsContext of(ServerTls settings) {
        char[] password = settings.password().toCharArray();
        try (InputStream file = Files.newInputStream(settings.keyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SslContext context = SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
            return new TlsContext(context, settings.handshakeTimeout().toMillis());
        } catch (IOException | GeneralSecurityException failure) {
            throw new UncheckedIOException(new IOException("cannot use the key store " + settings.keyStore(), failure));
        }
    }

    /** Returns the handler of one connection. Its handshakes compute on virtual threads, not on the event loop. */
    SslHandler handler(Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc(), Thread::startVirtualThread);
        handler.setHandshakeTimeout(handshakeMillis, TimeUnit.MILLISECONDS);
        return handler;
    }
}
