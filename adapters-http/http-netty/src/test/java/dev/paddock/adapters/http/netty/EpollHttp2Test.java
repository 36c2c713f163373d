package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.Http2TestSuite;
import org.junit.jupiter.api.BeforeAll;

class EpollHttp2Test extends Http2TestSuite {

    @BeforeAll
    static void requireLibrary() {
        EpollTransportFactory.requireLibrary();
    }

    @Override
    protected HttpTransportFactory http1Only() {
        return new EpollTransportFactory(new NettyTransportFactory());
    }

    @Override
    protected HttpTransportFactory http2() {
        return new EpollTransportFactory(new NettyTransportFactory().http2());
    }
}
