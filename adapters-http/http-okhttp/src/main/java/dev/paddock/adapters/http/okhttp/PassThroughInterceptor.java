package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps the library's own ideas from requests and responses: next to the connection, what it added to a request is taken away,
 * and what a response says is kept from it, so that it retries, follows, decompresses and remembers nothing.
 */
final class PassThroughInterceptor implements Interceptor {

    private static final int UNSUSPICIOUS = 200;
    private static final Headers NOTHING = new Headers.Builder().build();

    @Override
    public Response intercept(Chain chain) throws IOException {
        OkHttpEventListener events = OkHttpEventListener.of(chain.call());
        Response response = chain.proceed(request(chain, events));
        events.requireValidHead();
        return response.newBuilder().code(UNSUSPICIOUS).headers(NOTHING).build();
    }

    private static Request request(Chain chain, OkHttpEventListener events) {
        boolean multiplexed = chain.connection() != null && chain.connection().protocol() == Protocol.HTTP_2;
        return multiplexed
                ? chain.request().newBuilder().headers(events.message().libraryHeaders()).build()
                : chain.request();
    }
}
