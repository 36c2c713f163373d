package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.BrokenResponseTestSuite;

class SocketBrokenResponseTest extends BrokenResponseTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new SocketTransportFactory();
    }

    @Override
    protected boolean receivesWhileSending() {
        return false;
    }
}
