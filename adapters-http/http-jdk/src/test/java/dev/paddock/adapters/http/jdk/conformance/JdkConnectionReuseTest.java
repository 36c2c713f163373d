package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectionReuseTestSuite;
import java.util.Set;

class JdkConnectionReuseTest extends ConnectionReuseTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }

    @Override
    protected boolean noticesUnaskedBytes() {
        return false;
    }

    @Override
    protected boolean honoursEveryWayToClose() {
        return false;
    }

    @Override
    protected Set<ConnectionEvent> observed() {
        return Set.of();
    }
}
