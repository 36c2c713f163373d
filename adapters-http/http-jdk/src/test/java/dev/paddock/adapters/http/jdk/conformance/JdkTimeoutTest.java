package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TimeoutTestSuite;

class JdkTimeoutTest extends TimeoutTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }
}
