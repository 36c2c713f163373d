package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.LifecycleTestSuite;

class Apache5LifecycleTest extends LifecycleTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new Apache5TransportFactory();
    }
}
