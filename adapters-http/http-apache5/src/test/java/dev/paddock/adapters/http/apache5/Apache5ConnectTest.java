package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectTestSuite;
import dev.paddock.tck.transport.HostResolver;

class Apache5ConnectTest extends ConnectTestSuite {

    @Override
    protected HttpTransportFactory factory(HostResolver names) {
        return new Apache5TransportFactory(names::addressesOf);
    }
}
