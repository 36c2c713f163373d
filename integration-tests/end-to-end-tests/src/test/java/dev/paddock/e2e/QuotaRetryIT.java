package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rate limit is retried after the wait that the server asks for, a quota that is used up is not. The attempts are counted at the server. */
@Timeout(60)
class QuotaRetryIT extends OverEveryTransport {

    private static final String REQUEST = "{\"model\":\"m\",\"messages\":[]}";
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";

    private final AtomicInteger requests = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":{\"message\":\"no credit\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}",
        "{\"error\":{\"message\":\"no credit\",\"code\":\"insufficient_quota\"}}",
        "{\"error\":{\"message\":\"no credit\",\"type\":\"exceeded_current_quota_error\"}}",
        "{\"error\":{\"message\":\"no credit\",\"code\":\"billing_hard_limit_reached\"}}",
        "{\"code\":\"insufficient-balance\",\"message\":\"no credit\"}",
        "[{\"error\":{\"message\":\"no credit\",\"type\":\"Insufficient Quota\"}}]",
        "{\"error\":{\"message\":\"no credit\",\"code\":\"InsufficientBalance\"}}",
        "{\"error\":{\"message\":\"no credit\",\"code\":\"insufficient_user_quota\"}}",
        "{\"error\":\"insufficient_quota\",\"detail\":\"no credit\"}"
    })
    void call_quotaIsUsedUp_isAttemptedOnce(String error) throws IOException {
        try (ScriptedServer server = refusing(error, "Retry-After: 0")) {
            try (Paddock paddock = client(server.baseUrl())) {
                LlmException failure = catchThrowableOfType(LlmException.class, () -> RawCall.OPENAI_CHAT.run(paddock));

                assertThat(failure).isInstanceOf(RateLimitedException.class).hasMessageContaining("quota");
                assertThat(requests).hasValue(1);
            }
            RawClient.Response relayed = throughGateway(server);

            assertThat(relayed.status()).isEqualTo(429);
            assertThat(relayed.body()).isEqualTo(error);
            assertThat(requests).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 0", "retry-after-ms: 3", "Retry-After: 0.01", "Retry-After: 10ms", "Retry-After: 0s"})
    void call_rateIsLimitedOnce_isAttemptedTwice(String wait) throws IOException {
        String error = "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";
        try (ScriptedServer server = refusing(error, wait)) {
            try (Paddock paddock = client(server.baseUrl())) {
                assertThat(RawCall.OPENAI_CHAT.run(paddock)).contains("text 'Hello'");
                assertThat(requests).hasValue(2);
            }
            requests.set(0);
            RawClient.Response relayed = throughGateway(server);

            assertThat(relayed.status()).isEqualTo(200);
            assertThat(relayed.body()).isEqualTo(ANSWER);
            assertThat(requests).hasValue(2);
        }
    }

    /** Refuses the first request with status 429, and every request if its quota is used up. */
    private ScriptedServer refusing(String error, String wait) {
        return ScriptedServer.start(ConnectionScript.forEachRequest(connection -> {
            boolean isRefused = requests.incrementAndGet() == 1 || error.contains("no credit");
            if (isRefused) {
                connection.sendResponse("429 Too Many Requests", "application/json\r\n" + wait, error);
            } else {
                connection.sendResponse("200 OK", "application/json", ANSWER);
            }
        }));
    }

    private RawClient.Response throughGateway(ScriptedServer server) throws IOException {
        try (Paddock upstream = client(server.baseUrl());
                Gateway gateway = Gateway.start(
                        new GatewayDependencies(upstream.exchange(), upstream.metrics(), List.of()),
                        GatewaySettings.of("127.0.0.1", 0),
                        line -> {});
                RawClient client = new RawClient(gateway.port())) {
            return client.post("/v1/chat/completions", REQUEST).responseTo("POST");
        }
    }

    private Paddock client(String baseUrl) {
        return Clients.start(
                baseUrl,
                Map.of(),
                Map.of("paddock.transport", transport, "paddock.dialect", "openai", "paddock.retry.max-retries", "2"));
    }
}
