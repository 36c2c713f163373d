package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.HttpServerSettings;
import java.io.IOException;

/** A server in a process of its own, which has few file descriptors. Prints its port, and ends with its input. */
final class FileDescriptorTestServer {

    private FileDescriptorTestServer() {}

    public static void main(String[] arguments) throws IOException {
        try (HttpServer server = HttpServer.start(HttpServerSettings.of("127.0.0.1", 0), new RecordingHandler())) {
            System.out.println(server.port());
            int unused = System.in.read();
        }
    }
}
