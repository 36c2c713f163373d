package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.BrokenResponseTestSuite;

class Apache5BrokenResponseTest extends BrokenResponseTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new Apache5TransportFactory();
    }
}
