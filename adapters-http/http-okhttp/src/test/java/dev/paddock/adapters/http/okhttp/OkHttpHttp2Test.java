package dev.paddock.adapters.http.okhttp;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.transport.CountingConnectionListener;
import dev.paddock.tck.transport.Http2TestSuite;
import org.junit.jupiter.api.Test;

class OkHttpHttp2Test extends Http2TestSuite {

    @Override
    protected HttpTransportFactory http1Only() {
        return new OkHttpTransportFactory();
    }

    @Override
    protected HttpTransportFactory http2() {
        return new OkHttpTransportFactory().http2();
    }

    @Test
    void newCall_getWithBody_isRefused() {
        try (HttpTransport transport =
                http2().create(new Endpoint(true, "127.0.0.1", 1), TransportSettings.DEFAULT, new CountingConnectionListener())) {
            TransportRequest request = new TransportRequest("GET", "/", Headers.EMPTY, new byte[] {1});
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> transport.newCall(request, CallListener.none()));
        }
    }
}
