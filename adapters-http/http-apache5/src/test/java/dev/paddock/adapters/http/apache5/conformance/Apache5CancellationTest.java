package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.CancellationTestSuite;

class Apache5CancellationTest extends CancellationTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new Apache5TransportFactory();
    }
}
