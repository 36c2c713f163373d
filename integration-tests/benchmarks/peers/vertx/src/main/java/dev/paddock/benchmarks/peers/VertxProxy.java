package dev.paddock.benchmarks.peers;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;

/** The HTTP proxy of Vert.x on one event loop, which costs least per request, without any duties. */
public final class VertxProxy {

    private static final int CONNECTIONS = 10_000;

    private VertxProxy() {}

    /** Listens at the first port and relays to the second. */
    public static void main(String... ports) {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        HttpProxy proxy = HttpProxy.reverseProxy(client).origin(Integer.parseInt(ports[1]), "127.0.0.1");
        HttpServerOptions server = new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(ports[0]));
        vertx.createHttpServer(server).requestHandler(proxy).listen().onFailure(failure -> {
            failure.printStackTrace();
            System.exit(1);
        });
    }
}
