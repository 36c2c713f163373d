package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.PoolTestSuite;

class JdkPoolTest extends PoolTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }
}
