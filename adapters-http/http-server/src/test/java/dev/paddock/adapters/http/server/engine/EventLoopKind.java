package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.server.HttpServerSettings;
import io.netty.channel.epoll.Epoll;

/** The kinds of event loops that a server is tested over. */
enum EventLoopKind {
    NIO,
    EPOLL;

    /** Returns settings with a free port. Skips the test, with the reason, where the library of the kind cannot be loaded. */
    HttpServerSettings settings() {
        if (this == EPOLL) {
            assumeThat(Epoll.unavailabilityCause()).as("why the native library cannot be loaded").isNull();
        }
        return HttpServerSettings.of("127.0.0.1", 0).withNativeTransport(this == EPOLL);
    }
}
