package dev.paddock.adapters.http.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both sockets have buffers of a fixed size, so that a peer that reads nothing blocks a large write for certain. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class EarlyResponseWatchTest {

    private static final int BUFFER = 16 * 1024;
    private static final byte[] LARGE = new byte[64 * BUFFER];
    private static final byte[] ANSWER = "HTTP/1.1 413 Too Large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(BUFFER);
            listener.bind(null);
            client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            client.setSendBufferSize(BUFFER);
            server = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void write_blockedAndAnswered_failsAndLeavesTheAnswer() throws IOException {
        EarlyResponseWatch watch = new EarlyResponseWatch(client);
        server.getOutputStream().write(ANSWER);

        assertThatThrownBy(() -> client.getOutputStream().write(LARGE)).isInstanceOf(IOException.class);
        assertThatThrownBy(watch::end).isInstanceOf(IOException.class).hasMessageContaining("has answered");
        assertThat(client.getInputStream().readNBytes(ANSWER.length)).isEqualTo(ANSWER);
    }

    @Test
    void end_answeredAfterwards_leavesTheConnectionAsItIs() throws IOException {
        EarlyResponseWatch watch = new EarlyResponseWatch(client);
        watch.end();
        server.getOutputStream().write(ANSWER);

        assertThat(client.getInputStream().readNBytes(ANSWER.length)).isEqualTo(ANSWER);
        assertThat(client.isOutputShutdown()).isFalse();
    }
}
