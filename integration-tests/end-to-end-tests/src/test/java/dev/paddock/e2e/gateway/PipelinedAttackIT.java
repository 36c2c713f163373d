package dev.paddock.e2e.gateway;

import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that disconnect behind pipelined bytes do not keep the connections of the pool. */
@Timeout(90)
class PipelinedAttackIT {

    private static final int ATTACKERS = 100;
    private static final int POOL = ATTACKERS + 8;

    @Test
    void clientsThatLeftBehindPipelinedBytes_holdNoLeases() throws Exception {
        ConnectionScript loading = connection -> {
            while (connection.awaitRequest()) {
                if (connection.readRequest().body().contains("cold")) {
                    connection.awaitDisconnect();
                    return;
                }
                connection.sendResponse("200 OK", "application/json", "{\"done\":true}");
            }
        };
        try (GatewayFixture scene = GatewayFixture.of(loading, Map.of("paddock.pool.connections-per-host", Integer.toString(POOL)));
                GoodClients good = GoodClients.start(scene.port(), "{\"model\":\"warm\"}")) {
            List<RawClient> attackers = new ArrayList<>();
            for (int number = 0; number < ATTACKERS; number++) {
                RawClient client = new RawClient(scene.port());
                attackers.add(client);
                client.request("POST", "/api/chat", "{\"model\":\"cold\"}");
            }
            Eventually.await("all wait for the model", () -> leased(scene) >= ATTACKERS);
            for (int number = 0; number < ATTACKERS; number++) {
                RawClient client = attackers.get(number);
                client.send(new byte[66_000 + 5_000 * number]);
                if (number % 2 == 0) {
                    client.close();
                } else {
                    client.reset();
                }
            }

            Eventually.await("only the others have connections", () -> leased(scene) < 8);
            Eventually.await("their lines in the access log", () -> gone(scene) == ATTACKERS);
            good.awaitMore(100);
            good.assertServed();
        }
    }

    private static long gone(GatewayFixture scene) {
        return scene.logLines(0).stream().filter(line -> line.contains("outcome=client_gone")).count();
    }

    private static int leased(GatewayFixture scene) {
        return scene.paddock().pool().pools().stream().mapToInt(pool -> pool.usage().leased()).sum();
    }
}
