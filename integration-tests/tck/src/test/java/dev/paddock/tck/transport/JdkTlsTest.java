package dev.paddock.tck.transport;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;

class JdkTlsTest extends TlsTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }

    @Override
    protected boolean noticesUnaskedBytes() {
        return false;
    }
}
