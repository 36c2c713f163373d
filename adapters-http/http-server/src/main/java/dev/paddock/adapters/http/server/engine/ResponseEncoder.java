package dev.paddock.adapters.http.server.engine;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Netty's encoder, which is told by the kind of a response that its body is left out whatever its fields say. */
final class ResponseEncoder extends HttpResponseEncoder {

    /** An answer to HEAD. */
    static final class WithoutBody extends DefaultHttpResponse {

        WithoutBody(HttpResponseStatus status, HttpHeaders headers) {
            super(HttpVersion.HTTP_1_1, status, headers);
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return response instanceof WithoutBody || super.isContentAlwaysEmpty(response);
    }
}
