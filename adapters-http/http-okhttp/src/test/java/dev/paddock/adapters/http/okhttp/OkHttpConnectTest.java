package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectTestSuite;
import dev.paddock.tck.transport.HostResolver;

class OkHttpConnectTest extends ConnectTestSuite {

    @Override
    protected HttpTransportFactory factory(HostResolver names) {
        return new OkHttpTransportFactory(names::addressesOf);
    }
}
