package dev.paddock.tck.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server of the kit is no more tolerant than a strict one: a client that is wrong gets no answer. */
class ScriptedServerTest {

    @Test
    void request_withTheLineEndsOfHttp_isAnswered() throws IOException {
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\n"})
    void request_withABareLineFeed_isNone(String request) throws IOException {
        assertThat(answerTo(request)).isEmpty();
    }

    private static String answerTo(String request) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{}"));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            Eventually.await("the server has closed", () -> server.open() == 0);
            assertThat(server.requests()).hasSize(answer.isEmpty() ? 0 : 1);
            return answer;
        }
    }
}
