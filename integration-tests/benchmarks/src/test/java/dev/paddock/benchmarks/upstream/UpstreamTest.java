package dev.paddock.benchmarks.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {

    private static final String PLAIN = "{\"model\":\"bench\",\"messages\":[],\"stream\":false}";

    private Upstream upstream;
    private RawConnection connection;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.start();
        connection = new RawConnection(upstream.port());
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        upstream.close();
    }

    @Test
    void chat_twiceOnOneConnection_isAnsweredWithAContentLength() throws IOException {
        for (int round = 0; round < 2; round++) {
            connection.post("/api/chat", PLAIN);
            assertThat(connection.readHead()).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: ");
            assertThat(connection.readBody()).contains(UpstreamTexts.ANSWER).contains("\"done\":true");
        }
        assertThat(counts()).contains("\"connections\":1,\"requests\":2,");
    }

    @Test
    void connections_manyThatAreIdle_holdNoBuffers() throws IOException {
        long before = directBuffers();
        List<RawConnection> many = new ArrayList<>();
        try {
            for (int count = 0; count < 100; count++) {
                RawConnection idle = new RawConnection(upstream.port());
                many.add(idle);
                idle.post("/api/chat", PLAIN);
                idle.readHead();
                assertThat(idle.readBody()).contains(UpstreamTexts.ANSWER);
            }
            assertThat(directBuffers() - before).isLessThan(10);
        } finally {
            for (RawConnection idle : many) {
                idle.close();
            }
        }
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }

    @Test
    void chat_twoRequestsAtOnce_areAnsweredInTurn() throws IOException {
        connection.send(RawConnection.request("/api/chat", PLAIN) + RawConnection.request("/api/generate", PLAIN));
        connection.readHead();
        assertThat(connection.readBody()).contains("\"message\"");
        connection.readHead();
        assertThat(connection.readBody()).contains("\"response\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench", "paced"})
    void chat_streamed_hasOneLineForEachChunk(String model) throws IOException {
        connection.post("/api/chat", "{\"model\" : \"" + model + "\",\"messages\":[]}");
        assertThat(connection.readHead()).contains("application/x-ndjson").contains("chunked");
        assertThat(connection.readChunks()).hasSize(UpstreamTexts.CHUNKS).allMatch(line -> line.endsWith("}\n"));
    }

    @Test
    void chat_pacedBriefly_isShortAndComplete() throws IOException {
        connection.post("/api/chat", "{\"model\":\"paced-briefly\",\"messages\":[]}");
        connection.readHead();
        assertThat(connection.readChunks()).hasSize(10).last().asString().contains("\"done\":true");
    }

    @Test
    void chat_paced_leavesTimeBetweenChunks() throws IOException {
        connection.post("/api/chat", "{\"model\":\"paced\",\"messages\":[]}");
        long start = System.nanoTime();
        connection.readHead();
        connection.readChunks();
        assertThat(System.nanoTime() - start).isGreaterThan(100_000_000L);
    }

    @Test
    void chat_longPromptInPieces_isReadToItsEnd() throws IOException {
        String prompt = "x".repeat(3_000_000);
        connection.post("/api/chat", "{\"messages\":[{\"content\":\"" + prompt + "\"}],\"stream\":false}");
        connection.readHead();
        assertThat(connection.readBody()).contains(UpstreamTexts.ANSWER);
    }

    @Test
    void chat_chunkedRequestByteByByte_isUnderstood() throws IOException {
        String request = "POST /api/chat HTTP/1.1\r\nHost: x\r\ntransfer-encoding: chunked\r\n\r\n"
                + "10\r\n{\"model\":\"paced\"\r\n10;a=b\r\n,\"stream\": false\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n";
        for (int index = 0; index < request.length(); index++) {
            connection.send(request.substring(index, index + 1));
        }
        connection.readHead();
        assertThat(connection.readBody()).contains(UpstreamTexts.ANSWER);
    }

    @Test
    void embed_hasAllVectorsAsTheyWereMade() throws IOException {
        connection.post("/api/embed", "{\"model\":\"bench\",\"input\":[]}");
        assertThat(connection.readHead()).contains("chunked");
        String body = String.join("", connection.readChunks());
        String third = body.split("\\[\\[|\\],\\[|\\]\\]")[3];
        assertThat(body.split("\\],\\[")).hasSize(Vectors.COUNT);
        assertThat(Arrays.stream(third.split(",")).map(Float::valueOf)).hasSize(Vectors.DIMENSIONS)
                .startsWith(Vectors.vector(2)[0], Vectors.vector(2)[1]);
    }

    @Test
    void embeddings_inBase64_holdTheSameNumbers() throws IOException {
        connection.post("/v1/embeddings", "{\"model\":\"bench\",\"input\":[],\"encoding_format\":\"base64\"}");
        connection.readHead();
        assertThat(String.join("", connection.readChunks())).contains(Vectors.base64(Vectors.vector(63)));
    }

    @Test
    void completions_streamed_endWithDone() throws IOException {
        connection.post("/v1/chat/completions", "{\"model\":\"bench\",\"stream\":true}");
        connection.readHead();
        assertThat(connection.readChunks()).hasSize(UpstreamTexts.CHUNKS).last().asString().endsWith("data: [DONE]\n\n");
    }

    @Test
    void closingPort_afterAnAnswer_isClosed() throws IOException {
        try (RawConnection closed = new RawConnection(upstream.closingPort())) {
            closed.post("/api/chat", PLAIN);
            assertThat(closed.readHead()).contains("Connection: close");
            assertThat(closed.readBody()).contains(UpstreamTexts.ANSWER);
            assertThat(closed.atEnd()).isTrue();
        }
        assertThat(counts()).contains("\"connections\":2,\"requests\":1,");
    }

    @Test
    void unknownPath_isNotFound() throws IOException {
        connection.post("/api/nothing", "");
        assertThat(connection.readHead()).startsWith("HTTP/1.1 404 ");
        assertThat(new String(connection.readBody().getBytes(ISO_8859_1), ISO_8859_1)).isEqualTo("404 page not found");
    }

    private String counts() throws IOException {
        connection.send("GET /counts HTTP/1.1\r\nHost: x\r\n\r\n");
        connection.readHead();
        return connection.readBody();
    }
}
