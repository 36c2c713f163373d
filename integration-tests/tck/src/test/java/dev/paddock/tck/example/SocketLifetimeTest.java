package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.LifetimeTestSuite;

class SocketLifetimeTest extends LifetimeTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new SocketTransportFactory();
    }
}
