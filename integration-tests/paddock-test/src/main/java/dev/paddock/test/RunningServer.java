package dev.paddock.test;

import dev.paddock.bootstrap.Paddock;
import org.jspecify.annotations.Nullable;

/** The server of a class or of a test, with the system property that names it. JUnit closes it with its context. */
final class RunningServer implements AutoCloseable {

    private final StubbedServer server;
    private final String[] settings;
    private final String property;
    private final @Nullable String oldValue;
    private boolean hasBegun; // tests of one server never run at the same time

    /** Starts a server, as usual without an annotation. */
    RunningServer(@Nullable PaddockSimulator annotation) {
        this.server = StubbedServer.start(annotation == null ? new String[0] : annotation.models());
        this.settings = annotation == null ? new String[0] : annotation.settings();
        this.property = annotation == null ? "" : annotation.systemProperty();
        this.oldValue = property.isEmpty() ? null : System.setProperty(property, server.baseUrl());
    }

    StubbedServer server() {
        return server;
    }

    Paddock connect() {
        return server.connect(settings);
    }

    /** Keeps the stubs from before the first test. */
    void beginTest() {
        if (!hasBegun) {
            hasBegun = true;
            server.keepStubs();
        }
        server.forgetCalls();
    }

    @Override
    public void close() {
        if (oldValue != null) {
            System.setProperty(property, oldValue);
        } else if (!property.isEmpty()) {
            System.clearProperty(property);
        }
        server.close();
    }
}
