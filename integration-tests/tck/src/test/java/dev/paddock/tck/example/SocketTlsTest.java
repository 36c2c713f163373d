package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TlsTestSuite;

class SocketTlsTest extends TlsTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new SocketTransportFactory();
    }
}
