package dev.paddock.tck.transport;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;

class Apache5LifecycleTest extends LifecycleTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new Apache5TransportFactory();
    }
}
