package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.Http2TestSuite;

class NettyHttp2Test extends Http2TestSuite {

    @Override
    protected HttpTransportFactory http1Only() {
        return new NettyTransportFactory();
    }

    @Override
    protected HttpTransportFactory http2() {
        return new NettyTransportFactory().http2();
    }
}
