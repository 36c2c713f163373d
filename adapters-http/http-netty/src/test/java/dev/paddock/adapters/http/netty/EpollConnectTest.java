package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectTestSuite;
import dev.paddock.tck.transport.HostResolver;
import org.junit.jupiter.api.BeforeAll;

class EpollConnectTest extends ConnectTestSuite {

    @BeforeAll
    static void requireLibrary() {
        EpollTransportFactory.requireLibrary();
    }

    @Override
    protected HttpTransportFactory factory(HostResolver names) {
        return new EpollTransportFactory(new NettyTransportFactory(names::addressesOf));
    }
}
