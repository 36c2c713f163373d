package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.CancellationTestSuite;

class OkHttpCancellationTest extends CancellationTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new OkHttpTransportFactory();
    }
}
