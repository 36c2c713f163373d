package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.adapters.http.netty.NettyTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TransportUnderTest;

/** The transport over Netty as the conformance kit tests it. It supports every strict case. */
interface NettyConformance extends TransportUnderTest {

    @Override
    default HttpTransportFactory factory() {
        return new NettyTransportFactory();
    }
}
