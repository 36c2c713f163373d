package dev.paddock.tck.transport;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;

class Apache5BodyTest extends BodyTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new Apache5TransportFactory();
    }
}
