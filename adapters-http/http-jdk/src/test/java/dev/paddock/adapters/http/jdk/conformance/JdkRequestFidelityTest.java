package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.RequestFidelityTestSuite;
import java.util.Set;

class JdkRequestFidelityTest extends RequestFidelityTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }

    @Override
    protected Set<String> unavoidableFields() {
        return Set.of("user-agent", "content-length");
    }

    @Override
    protected boolean refusesWhatItWouldChange() {
        return true;
    }

    @Override
    protected boolean keepsFieldsAsReceived() {
        return false;
    }
}
