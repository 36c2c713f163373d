package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a model, larger than any body that the gateway holds in memory, reaches the server as it was sent. */
@Timeout(60)
class UploadIT {

    private static final int PIECES = 70;

    /** A megabyte that is not the same all over, so that a piece in the wrong place changes the digest. */
    private static final byte[] PIECE = piece();

    @ParameterizedTest
    @ValueSource(strings = {"apache5", "jdk", "okhttp", "netty"})
    void blob_largerThanAnyBodyInMemory_isTakenForWhatItsDigestSays(String transport) throws Exception {
        try (OllamaSimulator server = OllamaSimulator.start();
                PaddockGateway gateway = gateway(server, transport); HttpClient client = HttpClient.newHttpClient()) {
            URI blob = URI.create(gateway.baseUrl() + "/api/blobs/sha256:" + digest());

            assertThat(status(client, HttpRequest.newBuilder(blob).HEAD())).isEqualTo(404);
            assertThat(status(client, HttpRequest.newBuilder(blob).POST(body()))).isEqualTo(201);
            assertThat(status(client, HttpRequest.newBuilder(blob).HEAD())).isEqualTo(200);
        }
    }

    private static PaddockGateway gateway(OllamaSimulator server, String transport) {
        return PaddockGateway.start(ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_BASE_URL", server.baseUrl()))
                .withOverrides("the test", Map.of(
                        "paddock.transport", transport, "paddock.gateway.port", "0", "paddock.gateway.admin", "true")));
    }

    private static HttpRequest.BodyPublisher body() {
        return HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(PIECES, PIECE)), (long) PIECES * PIECE.length);
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String digest() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int at = 0; at < PIECES; at++) {
            digest.update(PIECE);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] piece() {
        byte[] bytes = new byte[1 << 20];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (at * 31L / 251);
        }
        return bytes;
    }
}
