package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class OkHttpIncrementalDeliveryTest extends IncrementalDeliveryTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new OkHttpTransportFactory();
    }
}
