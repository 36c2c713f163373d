package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectTestSuite;
import dev.paddock.tck.transport.NameLookup;

class OkHttpConnectTest extends ConnectTestSuite {

    @Override
    protected HttpTransportFactory factory(NameLookup names) {
        return new OkHttpTransportFactory(names::addressesOf);
    }
}
