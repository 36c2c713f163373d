package dev.paddock.wholesystem;

import java.io.IOException;
import java.util.Map;

/** A gateway that has been started. */
public interface RunningGateway extends AutoCloseable {

    /** Returns the port on the loopback address. */
    int port();

    @Override
    void close();

    /** Starts gateways. */
    @FunctionalInterface
    interface Launcher {

        /** Starts a gateway with its defaults, but for the given settings. */
        RunningGateway start(Map<String, String> settings) throws IOException;
    }
}
