package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Lets each call look up names and make sockets in a way that ends with the call. */
final class CallResourcesInterceptor implements Interceptor {

    private final OpenConnections connections;
    private final Dns names;
    private final boolean secure;

    CallResourcesInterceptor(OpenConnections connections, Dns names, boolean secure) {
        this.connections = connections;
        this.names = names;
        this.secure = secure;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        OkHttpCallState state = OkHttpEventListener.of(chain.call()).state();
        return chain.withDns(new OkHttpDnsLookup(names, state))
                .withSocketFactory(new CallSocketFactory(state, connections, secure))
                .proceed(chain.request());
    }
}
