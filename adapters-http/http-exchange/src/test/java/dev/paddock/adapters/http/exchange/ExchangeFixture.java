package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.time.Ticker;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.TransportFixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An exchange port over a real transport, to a server that follows a script. */
final class ExchangeFixture implements AutoCloseable {

    private final ScriptedServer server;
    private final TransportPoolManager manager;
    private final TransportLease lease;
    private final HttpExchangePort port;

    private ExchangeFixture(
            HttpTransportFactory transport, ConnectionScript script, PoolLimits limits, ExchangeTimeouts times, Ticker ticker) {
        server = ScriptedServer.start(script);
        manager = new TransportPoolManager(transport, PoolListener.none(), ticker);
        BaseUrl baseUrl = BaseUrl.parse(server.baseUrl() + "/base/");
        lease = manager.lease(baseUrl.endpoint(), TransportFixture.LONG_TIMEOUTS, limits);
        port = new HttpExchangePort(
                lease,
                baseUrl,
                ExchangeSettings.DEFAULT.withApiKey("secret").withLimits(times),
                ticker);
    }

    static ExchangeFixture start(ConnectionScript script) {
        return new ExchangeFixture(new Apache5TransportFactory(), script, PoolLimits.DEFAULT, ExchangeTimeouts.DEFAULT, System::nanoTime);
    }

    static ExchangeFixture start(ConnectionScript script, PoolLimits limits) {
        return new ExchangeFixture(new Apache5TransportFactory(), script, limits, ExchangeTimeouts.DEFAULT, System::nanoTime);
    }

    static ExchangeFixture start(ConnectionScript script, ExchangeTimeouts times) {
        return new ExchangeFixture(new Apache5TransportFactory(), script, PoolLimits.DEFAULT, times, System::nanoTime);
    }

    static ExchangeFixture start(HttpTransportFactory transport, ConnectionScript script, ExchangeTimeouts times) {
        return start(transport, script, times, System::nanoTime);
    }

    static ExchangeFixture start(HttpTransportFactory transport, ConnectionScript script, ExchangeTimeouts times, Ticker ticker) {
        return new ExchangeFixture(transport, script, PoolLimits.DEFAULT, times, ticker);
    }

    ScriptedServer server() {
        return server;
    }

    TransportLease lease() {
        return lease;
    }

    HttpExchangePort port() {
        return port;
    }

    EndpointPool pool() {
        return manager.pools().getFirst();
    }

    /** Returns the bytes of each frame as received, as text. */
    static List<String> frames(Exchange exchange) {
        List<String> frames = new ArrayList<>();
        for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
            frames.add(new String(frame.bytes(), StandardCharsets.UTF_8));
        }
        return frames;
    }

    /** Returns the content of each frame that has some, as text. */
    static List<String> contents(Exchange exchange) {
        List<String> contents = new ArrayList<>();
        for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
            if (frame.hasContent()) {
                contents.add(new String(
                        frame.bytes(), frame.contentOffset(), frame.contentLength(), StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    @Override
    public void close() {
        lease.close();
        manager.close();
        server.close();
    }
}
