package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.BodyFraming;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;

/**
 * The head of a final response that keeps to HTTP.
 *
 * @param status the status, 200 to 599
 * @param protocol the protocol, for example {@code HTTP/1.1}
 * @param headers the fields as the server sent them
 */
record Apache5ResponseHead(int status, String protocol, Headers headers) {

    private static final int HIGHEST_STATUS = 599;

    static Apache5ResponseHead of(ClassicHttpResponse response) throws ProtocolException {
        if (response.getCode() > HIGHEST_STATUS) {
            throw new ProtocolException("Invalid status");
        }
        Headers headers = headers(response);
        String violation = BodyFraming.violation(headers);
        if (violation != null) {
            throw new ProtocolException(violation);
        }
        ProtocolVersion version = response.getVersion() == null ? HttpVersion.HTTP_1_1 : response.getVersion();
        return new Apache5ResponseHead(response.getCode(), version.format(), headers);
    }

    private static Headers headers(ClassicHttpResponse response) throws ProtocolException {
        try {
            List<Header> headers = new ArrayList<>();
            for (org.apache.hc.core5.http.Header header : response.getHeaders()) { // a stream took longer than all else here
                headers.add(new Header(header.getName(), header.getValue() == null ? "" : header.getValue()));
            }
            return new Headers(headers);
        } catch (InvalidRequestException invalid) {
            throw new ProtocolException("Invalid header", invalid);
        }
    }
}
