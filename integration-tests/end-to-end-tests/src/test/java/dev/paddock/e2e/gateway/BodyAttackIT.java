package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large bodies of some clients do not take the service away from the others. */
@Timeout(90)
class BodyAttackIT {

    private static final ConnectionScript ANSWER = ConnectionScript.json("{\"done\":true}");
    private static final int MEGABYTE = 1024 * 1024;
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "x".repeat(8_000) + "\"}]}";
    private static final String LARGE_CHAT = "{\"model\":\"m\",\"images\":[\"" + "x".repeat(2 * MEGABYTE) + "\"]}";
    private static final Map<String, String> WAITING_POOL = Map.of("paddock.pool.when-full", "wait");
    private static final String[] GOOD = {"Authorization: Bearer good"};
    private static final String[] HOG = {"Authorization: Bearer hog"};

    private final List<RawClient> attackers = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (RawClient attacker : attackers) {
            attacker.close();
        }
    }

    @Test
    void bodiesWithoutAKey_areAnsweredAtOnceAndTakeNothing() throws Exception {
        try (GatewayFixture scene = withKeys();
                GoodClients small = GoodClients.start(scene.port(), CHAT, GOOD);
                GoodClients large = GoodClients.start(scene.port(), LARGE_CHAT, GOOD)) {
            for (String target : List.of("GET /healthz", "POST /healthz", "PUT /readyz", "POST /metrics", "POST /api/chat", "POST /v1/x")) {
                for (int number = 0; number < 4; number++) {
                    attack(scene, target, 64 * MEGABYTE, 60 * MEGABYTE);
                }
            }
            for (RawClient attacker : attackers) {
                RawClient.Response response = attacker.response();
                assertThat(response.status()).isIn(200, 401, 405);
                assertThat(response.header("Connection")).isEqualTo("close");
                assertThat(attacker.read()).as("an orderly end").isEqualTo(-1);
            }
            small.awaitMore(50);
            large.awaitMore(10);
            small.assertServed();
            large.assertServed();
        }
    }

    @Test
    void bodiesOfOneKeyThatFillItsShare_leaveRoomForTheOthers() throws Exception {
        try (GatewayFixture scene = withKeys();
                GoodClients small = GoodClients.start(scene.port(), CHAT, GOOD);
                GoodClients large = GoodClients.start(scene.port(), LARGE_CHAT, GOOD)) {
            for (int number = 0; number < 6; number++) {
                attack(scene, "POST /api/chat", 64 * MEGABYTE, 60 * MEGABYTE, HOG);
            }
            Eventually.await("refused bodies", () -> refused(scene) >= 3);
            small.awaitMore(50);
            large.awaitMore(10);
            small.assertServed();
            large.assertServed();
        }
    }

    /** Without keys, the attackers and the others are one caller, since they have one address: the reserve is for such a case. */
    @Test
    void largeBodiesOfTheSameAddress_leaveRoomForSmallOnes() throws Exception {
        try (GatewayFixture scene = GatewayFixture.of(ANSWER, WAITING_POOL);
                GoodClients small = GoodClients.start(scene.port(), CHAT)) {
            for (int number = 0; number < 6; number++) {
                attack(scene, "POST /api/chat", 64 * MEGABYTE, 60 * MEGABYTE);
            }
            Eventually.await("refused bodies", () -> refused(scene) >= 3);
            small.awaitMore(50);
            small.assertServed();
            assertThat(attackers.getLast().response().header("Retry-After")).isEqualTo("1");
        }
    }

    private static GatewayFixture withKeys() {
        return GatewayFixture.of(ANSWER, WAITING_POOL,
                settings -> settings.withAccess(settings.access().withKeyHashes(List.of(sha256("good"), sha256("hog")))));
    }

    /** Sends the head of a request and the beginning of its body, as far as the gateway takes it. */
    private void attack(GatewayFixture scene, String methodAndPath, int announced, int sent, String... headers) throws Exception {
        RawClient client = new RawClient(scene.port());
        attackers.add(client);
        String fields = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        client.send(methodAndPath + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "Content-Length: " + announced + "\r\n\r\n");
        byte[] piece = new byte[MEGABYTE];
        for (int count = 0; count < sent; count += piece.length) {
            client.send(piece);
        }
    }

    private static long refused(GatewayFixture scene) {
        return scene.logLines(0).stream().filter(line -> line.contains("status=503 outcome=refused_size")).count();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
