package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TlsTestSuite;

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
