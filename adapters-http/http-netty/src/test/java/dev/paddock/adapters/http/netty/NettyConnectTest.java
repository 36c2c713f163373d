package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectTestSuite;
import dev.paddock.tck.transport.HostResolver;

class NettyConnectTest extends ConnectTestSuite {

    @Override
    protected HttpTransportFactory factory(HostResolver names) {
        return new NettyTransportFactory(names::addressesOf);
    }
}
