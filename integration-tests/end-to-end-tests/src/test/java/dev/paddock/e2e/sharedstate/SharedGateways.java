package dev.paddock.e2e.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import dev.paddock.testsupport.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model server, a store, and gateways that share it. Operations may take long, unless a test says otherwise: the machine may be busy. */
final class SharedGateways implements AutoCloseable {

    private final ModelServer models = ModelServer.start();
    private final RedisServer store;
    private final List<PaddockGateway> gateways = new ArrayList<>();

    private SharedGateways(RedisServer store) {
        this.store = store;
    }

    /** Starts a store; the test is skipped where there is none. */
    static SharedGateways over(String... storeOptions) {
        assumeTrue(RedisServer.isInstalled(), RedisServer.ABSENT);
        return new SharedGateways(RedisServer.start(storeOptions));
    }

    /** Starts one more gateway. */
    PaddockGateway add(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.base-url", models.baseUrl(),
                "paddock.gateway.port", "0",
                "paddock.gateway.admin", "true",
                "paddock.cache.enabled", "true",
                "paddock.retry.max-retries", "0",
                "paddock.shared-state.url", store.url(),
                "paddock.shared-state.timeout", "10s"));
        all.putAll(settings);
        PaddockGateway gateway = PaddockGateway.start(
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all)),
                metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, lines -> {}, metrics));
        gateways.add(gateway);
        return gateway;
    }

    /** Starts two gateways, and waits until both share the store. */
    SharedGateways two(Map<String, String> settings) {
        add(settings);
        add(settings);
        awaitState(StoreState.AVAILABLE);
        return this;
    }

    void awaitState(StoreState state) {
        Eventually.await("the store is " + state.label(), () -> gateways.stream().allMatch(gateway -> gateway.client().sharedState().state() == state));
    }

    RedisServer store() {
        return store;
    }

    ModelServer models() {
        return models;
    }

    PaddockGateway gateway(int index) {
        return gateways.get(index);
    }

    /** Returns how many requests have joined a call of another one at a gateway. */
    long joined(int gateway) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            gateways.get(gateway).client().writeMetrics(page);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return page.toString(UTF_8).lines()
                .filter(line -> line.startsWith("paddock_single_flight_joined_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Asks a question at a gateway, with a key or without one. */
    RawClient.Response ask(int gateway, String question, @Nullable String key) {
        return post(gateway, "/api/chat", chat(question, false), key);
    }

    static String chat(String question, boolean isStream) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}],\"options\":{\"temperature\":0},\"stream\":"
                + isStream + "}";
    }

    RawClient.Response post(int gateway, String path, String body, @Nullable String key) {
        List<String> fields = new ArrayList<>(List.of("Content-Type: application/json"));
        if (key != null) {
            fields.add("Authorization: Bearer " + key);
        }
        try (RawClient client = new RawClient(URI.create(gateways.get(gateway).baseUrl()).getPort())) {
            return client.request("POST", path, body, fields.toArray(String[]::new)).response();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until a gateway answers a question from its cache, and returns the answer. */
    RawClient.Response awaitHit(int gateway, String question, @Nullable String key) {
        RawClient.Response[] last = new RawClient.Response[1];
        Eventually.await("the answer is there", () -> {
            last[0] = post(gateway, "/api/chat", chat(question, false), key);
            return "HIT".equals(last[0].header("X-Cache"));
        });
        return last[0];
    }

    /** Waits until a stored answer is in the store. */
    void awaitStored(int answers) {
        Eventually.await(
                "answers are in the store",
                () -> store.run("KEYS", "paddock:1:answer:*").lines().filter(name -> !name.isEmpty()).count() >= answers);
    }

    static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        gateways.forEach(PaddockGateway::close);
        store.close();
        models.close();
    }
}
