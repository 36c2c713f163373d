package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class SocketIncrementalDeliveryTest extends IncrementalDeliveryTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new SocketTransportFactory();
    }
}
