package dev.paddock.adapters.http.bridge.spring;

import dev.paddock.adapters.http.bridge.ForeignResponse;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** One answer to a blocking client. Read by one thread, closed by any. */
final class BlockingResponse implements ClientHttpResponse {

    private final ForeignResponse response;
    private final HttpHeaders headers;
    private final InputStream body;

    BlockingResponse(ForeignResponse response) {
        this.response = response;
        this.headers = SpringHeaders.toSpring(response.headers());
        this.body = response.body();
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatusCode.valueOf(response.status());
    }

    @Override
    public String getStatusText() {
        HttpStatus known = HttpStatus.resolve(response.status());
        return known == null ? "" : known.getReasonPhrase();
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return body;
    }

    @Override
    public void close() {
        response.close();
    }
}
