package dev.paddock.adapters.http.server.engine;

import java.io.IOException;

/** A server in a process of its own, which has few file descriptors. Takes the kind of its loops, prints its port, and ends with its input. */
final class FileDescriptorTestServer {

    private FileDescriptorTestServer() {}

    public static void main(String[] arguments) throws IOException {
        try (HttpServer server = HttpServer.start(EventLoopKind.valueOf(arguments[0]).settings(), new RecordingHandler())) {
            System.out.println(server.port());
            int unused = System.in.read();
        }
    }
}
