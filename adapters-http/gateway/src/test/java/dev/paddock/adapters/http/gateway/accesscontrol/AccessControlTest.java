package dev.paddock.adapters.http.gateway.accesscontrol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings.RateLimit;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoints;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.admission.RequestRate;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.ports.sharedstate.LeasePort;
import dev.paddock.ports.sharedstate.RateLimitPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import io.github.bucket4j.TimeMeter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {

    private static final String FIRST_HASH = sha256("first key");

    private final AtomicLong nanos = new AtomicLong();

    @ParameterizedTest
    @ValueSource(strings = {
        "", "localhost", "LOCALHOST:11435", "localhost.", "127.0.0.1", "127.9.9.9:80", "[::1]:11435", "0.0.0.0", "10.0.0.5:1",
        "192.168.1.1", "172.16.0.1", "169.254.1.1", "[fd00::1]", "[fe80::1]", "a.localhost", "box.local:11435", "x.internal",
        "gateway.example.com", "gateway.example.com:443", "a.b.example.org",
    })
    void refuse_ownName_isLetIn(String host) {
        AccessSettings settings =
                AccessSettings.DEFAULT.withHosts(List.of("Gateway.example.com", "*.example.org"));

        assertThat(refusal(settings, "GET", "/api/tags", "Host", host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "evil.com", "evil.com:11435", "localhost.evil.com", "127.0.0.1.evil.com", "127.0.0.1@evil.com", "notlocalhost",
        "8.8.8.8", "999.1.1.1", "010.0.0.1", "[2001:db8::1]", "[::1", "localhost:x", "localhost:123456", "example.org", "xlocal",
        "evilexample.org", "172.32.0.1", "0x7f000001", "2130706433",
    })
    void refuse_foreignName_isForbidden(String host) {
        AccessSettings settings = AccessSettings.DEFAULT.withHosts(List.of("*.example.org"));

        Refusal refusal = refusal(settings, "GET", "/api/tags", "Host", host);

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(RefusalReason.HOST);
        assertThat(refusal.reason().status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://localhost", "https://localhost:3000", "http://127.0.0.1:8080", "http://0.0.0.0", "http://[::1]:1", "app://x",
        "file://", "tauri://localhost", "vscode-webview://abc", "vscode-file://vscode-app", "http://box.local:11435",
        "https://ui.example.com", "https://a.example.org",
    })
    void refuse_pageThatMayUseIt_isLetInAndTold(String origin) {
        AccessControl control = control(
                AccessSettings.DEFAULT.withOrigins(List.of("https://ui.example.com", "https://*.example.org")));
        RequestHead head = head("POST", "/api/chat", "Host", "box.local:11435", "Origin", origin);

        assertThat(refusal(control, head)).isNull();
        assertThat(control.responseHeaders(head).first("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(control.responseHeaders(head).first("Vary")).isEqualTo("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://evil.com", "null", "http://localhost.evil.com", "http://localhost:123456", "https://ui.example.com.evil.com",
        "http://127.0.0.1.evil.com", "http://evil.com/http://localhost", "",
    })
    void refuse_otherPage_isForbiddenAndToldNothing(String origin) {
        AccessControl control = control(AccessSettings.DEFAULT.withOrigins(List.of("https://ui.example.com")));
        RequestHead head = head("POST", "/api/chat", "Host", "localhost", "Origin", origin);

        assertThat(refusal(control, head).reason()).isEqualTo(RefusalReason.ORIGIN);
        assertThat(control.responseHeaders(head)).isEqualTo(Headers.EMPTY);
    }

    @Test
    void refuse_twoOrigins_isForbidden() {
        Refusal refusal = refusal(
                AccessSettings.DEFAULT,
                "POST",
                "/api/chat",
                "Origin",
                "http://localhost",
                "Origin",
                "https://evil.com");

        assertThat(refusal.reason()).isEqualTo(RefusalReason.ORIGIN);
    }

    @Test
    void refuse_preflight_needsNoKeyAndIsTold() {
        AccessControl control = control(AccessSettings.DEFAULT.withKeyHashes(List.of(FIRST_HASH)));
        RequestHead head = head(
                "OPTIONS",
                "/api/chat",
                "Origin",
                "http://localhost:3000",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, content-type");

        assertThat(refusal(control, head)).isNull();
        assertThat(control.isPreflight(head)).isTrue();
        assertThat(control.responseHeaders(head).first("Access-Control-Allow-Headers")).isEqualTo("authorization, content-type");
        assertThat(control.responseHeaders(head).first("Access-Control-Allow-Methods")).contains("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer first key, true",
        "authorization, bearer first key, true",
        "x-api-key, first key, true",
        "x-api-key, second key, true",
        "Authorization, Bearer second key, true",
        "Authorization, Basic first key, false",
        "Authorization, Bearer first key2, false",
        "Authorization, Bearer, false",
        "x-api-key, '', false",
        "X-Other, first key, false",
    })
    void refuse_keysAreAskedFor_onlyKnownOnesAreLetIn(String name, String value, boolean known) {
        AccessSettings settings = AccessSettings.DEFAULT.withKeyHashes(List.of(
                "0000000000000000000000000000000000000000000000000000000000000000",
                sha256("first key"),
                sha256("second key").toUpperCase(Locale.ROOT)));

        Refusal refusal = refusal(settings, "GET", "/api/tags", name, value);

        if (known) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.KEY);
            assertThat(refusal.reason().status()).isEqualTo(401);
            assertThat(refusal.message()).doesNotContain("first");
        }
    }

    @Test
    void refuse_tooManyRequests_areRefusedUntilTimeHasPassed() {
        AccessControl control = control(AccessSettings.DEFAULT.withRate(new RateLimit(0.5, 2, 10)));
        RequestHead head = head("GET", "/api/tags");

        assertThat(refusal(control, head)).isNull();
        assertThat(refusal(control, head)).isNull();
        Refusal third = refusal(control, head);
        assertThat(third.reason()).isEqualTo(RefusalReason.RATE);
        assertThat(third.reason().status()).isEqualTo(429);
        assertThat(third.headers().first("Retry-After")).isEqualTo("2");
        nanos.addAndGet(2_000_000_000L);
        assertThat(refusal(control, head)).isNull();
        assertThat(refusal(control, head)).isNotNull();
    }

    @Test
    void refuse_rate_isThatOfTheKeyOrOfTheAddress() {
        AccessControl control = control(AccessSettings.DEFAULT
                .withRate(new RateLimit(1, 1, 10))
                .withKeyHashes(List.of(sha256("a"), sha256("b"))));

        assertThat(refusal(control, head("GET", "/", "x-api-key", "a"))).isNull();
        assertThat(refusal(control, head("GET", "/", "x-api-key", "b"))).isNull();
        assertThat(refusal(control, head("GET", "/", "x-api-key", "a")).reason()).isEqualTo(RefusalReason.RATE);
        assertThat(refusal(control, head("GET", "/", "x-api-key", "wrong")).reason()).isEqualTo(RefusalReason.KEY);
        assertThat(refusal(control, head("GET", "/", "x-api-key", "wrong again")).reason()).isEqualTo(RefusalReason.RATE);
    }

    @Test
    void refuse_administrationWithSharedLimits_hasARateOfItsOwnInThisGateway() {
        AccessSettings settings = AccessSettings.DEFAULT.withRate(new RateLimit(1, 4, 10)).withAdministration(true);
        AccessControl control = new AccessControl(settings, null, new SharedLimits(), nanos::get);
        for (int request = 0; request < 4; request++) {
            assertThat(refusal(control, head("GET", "/api/tags"))).as("counted in the store, and in the part of this gateway").isNull();
        }

        for (int request = 0; request < 4; request++) {
            assertThat(refusal(control, head("POST", "/api/pull"))).isNull();
        }
        assertThat(refusal(control, head("POST", "/api/pull")).reason()).isEqualTo(RefusalReason.RATE);
    }

    /** Two gateways share limits, in a store that admits all; each has its part in mind. */
    private static final class SharedLimits implements SharedStatePort {

        @Override
        public QuestionStorePort questions() {
            return null;
        }

        @Override
        public RateLimitPort rateLimits(RateLimitPort local) {
            return new RateLimitPort() {
                @Override
                public Duration tryAcquireAtOnce(String caller, RequestRate rate) {
                    return tryAcquire(caller, rate);
                }

                @Override
                public Duration tryAcquire(String caller, RequestRate rate) {
                    Duration unused = local.tryAcquire(caller, rate.share(2));
                    return Duration.ZERO;
                }
            };
        }

        @Override
        public AnswerStorePort answers() {
            return null;
        }

        @Override
        public LeasePort leases() {
            return null;
        }

        @Override
        public void onAnswersRemoved(Runnable action) {}

        @Override
        public void announceModelChange() {}

        @Override
        public void onModelChange(Runnable action) {}

        @Override
        public StoreState state() {
            return StoreState.AVAILABLE;
        }

        @Override
        public void close() {}
    }

    @Test
    void check_caller_isTheKeyOrTheAddress() {
        AccessControl keys = control(AccessSettings.DEFAULT.withKeyHashes(List.of(sha256("a"), sha256("b"))));

        assertThat(keys.check(head("GET", "/", "x-api-key", "b"), AccessClass.CLIENT, true).caller()).isEqualTo("key-1");
        assertThat(keys.check(head("GET", "/", "x-api-key", "wrong"), AccessClass.CLIENT, true).caller()).isEqualTo("192.0.2.7");
        assertThat(control(AccessSettings.DEFAULT).check(head("GET", "/", "x-api-key", "b"), AccessClass.CLIENT, true).caller())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void take_moreClientsThanAreRemembered_forgetsTheOldest() {
        LocalRateLimits rates = new LocalRateLimits(3, TimeMeter.SYSTEM_NANOTIME);

        for (int client = 0; client < 1000; client++) {
            rates.tryAcquire("address " + client, new RequestRate(1, 1));
        }

        assertThat(rates.callers()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.1, 192.168.1.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2",
        "2001:db8:1:2:a:b:c:d%eth0, 2001:db8:1:2",
        "::1, ::1",
        "0:0:0:0:0:0:0:1, 0:0:0:0",
    })
    void network_address_isWhatOneClientHas(String address, String network) {
        assertThat(ClientRateLimiter.network(address)).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/pull", "DELETE, /api/delete", "POST, /api/blobs/sha256:0", "POST, /api/signout"})
    void refuse_administration_isForbiddenUnlessAllowed(String method, String path) {
        Refusal refusal = refusal(AccessSettings.DEFAULT, method, path);

        assertThat(refusal.reason()).isEqualTo(RefusalReason.ADMIN);
        assertThat(refusal.reason().status()).isEqualTo(403);
        assertThat(refusal.message()).contains("paddock.gateway.admin");
        assertThat(refusal(AccessSettings.DEFAULT.withAdministration(true), method, path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "content_length", "Transfer_Encoding", "x_api_key", "X_Forwarded_For", "content_type", "Content.Length", "Transfer~Encoding",
        "x_http_method_override", "X_Original_URI",
    })
    void refuse_fieldThatShadowsAnother_isABadRequest(String name) {
        Refusal refusal = refusal(AccessSettings.DEFAULT, "POST", "/api/chat", name, "1");

        assertThat(refusal.reason()).isEqualTo(RefusalReason.HEADER);
        assertThat(refusal.reason().status()).isEqualTo(400);
    }

    @Test
    void refuse_harmlessUnderscore_isLetIn() {
        assertThat(refusal(AccessSettings.DEFAULT, "POST", "/api/chat", "my_field", "1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT"})
    void refuse_methodThatIsNeverPassedOn_isNotAllowed(String method) {
        assertThat(refusal(AccessSettings.DEFAULT, method, "/").reason().status()).isEqualTo(405);
    }

    @Test
    void refuseProbe_withoutKeyAndOverTheRate_isLetInUnderAnyName() {
        AccessControl control = control(
                AccessSettings.DEFAULT.withKeyHashes(List.of(FIRST_HASH)).withRate(new RateLimit(1, 1, 1)));

        assertThat(control.check(head("GET", "/healthz"), AccessClass.PROBE, true).refusal()).isNull();
        assertThat(control.check(head("GET", "/healthz"), AccessClass.PROBE, true).refusal()).isNull();
        assertThat(control.check(head("GET", "/healthz", "Host", "evil.com"), AccessClass.PROBE, true).refusal()).isNull();
        assertThat(control.check(head("GET", "/healthz", "Origin", "https://evil.com"), AccessClass.PROBE, true).refusal()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/pull, true", "/api/pull/, false", "/v1/files/a, true", "/v1/files/a/b, true", "/v1/files, false", "/v1/files/, true",
        "/v1/responses/r-1/cancel, true", "/v1/responses/cancel, false", "/v1/files/%61, false", "/v1/files/a;b, false",
        "/API/pull, false", "/api/(x)+, true", "/api/x, false",
    })
    void refuse_pathThatTheOperatorAllows_isLetIn(String path, boolean allowed) {
        AccessSettings settings = AccessSettings.DEFAULT.withAllowedPaths(
                List.of("/api/pull", "/v1/files/*", "/v1/responses/*/cancel", "/api/(x)+"));

        assertThat(control(settings).check(head("POST", path), AccessClass.ADMIN, true).refusal() == null).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/pull", "/a?b", "/%61", "/a b", "", "*", "/a;b", "/a\\b"})
    void settings_pathThatIsNone_isRejected(String path) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> AccessSettings.DEFAULT.withAllowedPaths(List.of(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x", "a b", "x:80", "a/b"})
    void settings_hostThatIsNone_isRejected(String host) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> AccessSettings.DEFAULT.withHosts(List.of(host)));
    }

    @Test
    void settings_hashThatIsNone_isRejectedWithoutBeingRepeated() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> AccessSettings.DEFAULT.withKeyHashes(List.of("the key itself")))
                .withMessageNotContaining("the key itself");
    }

    @Test
    void settings_inWords_holdNoHash() {
        assertThat(AccessSettings.DEFAULT.withKeyHashes(List.of(FIRST_HASH)).toString()).doesNotContain(FIRST_HASH);
    }

    @Test
    void check_rateByCapacity_isWhatTheServerCanAnswerAndFollowsIt() {
        AtomicReference<Double> perSecond = new AtomicReference<>(Double.NaN);
        AccessControl control = byCapacity(perSecond);
        for (int request = 0; request < 50; request++) {
            assertThat(refusal(control, head("POST", "/api/chat"))).as("nothing was measured").isNull();
        }

        perSecond.set(2.0);
        for (int request = 0; request < 4; request++) {
            assertThat(refusal(control, head("POST", "/api/chat"))).as("the share of a caller in the queue is a burst").isNull();
        }
        assertThat(refusal(control, head("POST", "/api/chat")).headers().first("Retry-After")).isEqualTo("1");
        assertThat(control.check(head("GET", "/api/tags"), AccessClass.CLIENT, false).refusal()).as("a lookup").isNull();
        nanos.addAndGet(500_000_000L);
        assertThat(refusal(control, head("POST", "/api/chat"))).isNull();

        perSecond.set(0.1);
        assertThat(refusal(control, head("POST", "/api/chat")).headers().first("Retry-After")).isEqualTo("10");
        perSecond.set(1000.0);
        assertThat(refusal(control, head("POST", "/api/chat"))).isNotNull();
        nanos.addAndGet(4_000_000L);
        for (int request = 0; request < 4; request++) {
            assertThat(refusal(control, head("POST", "/api/chat"))).isNull();
        }
    }

    @Test
    void create_rateByCapacityWithoutAQueue_isRefused() {
        AccessSettings settings = AccessSettings.DEFAULT.withRate(new RateLimit(RateLimit.BY_CAPACITY, 1, 3));

        assertThatIllegalArgumentException().isThrownBy(() -> control(settings));
    }

    @Test
    void check_keyWithAShare_isKnownToTheDecision() {
        AccessControl keys = control(AccessSettings.DEFAULT.withKeyHashes(
                List.of(sha256("a") + "  Batch weight=7", sha256("b") + " weight=2", sha256("c") + " interactive", sha256("d"))));

        assertThat(keyOf(keys, "a")).isEqualTo(new AccessKey(sha256("a"), Priority.BATCH, 7));
        assertThat(keyOf(keys, "b")).isEqualTo(new AccessKey(sha256("b"), Priority.INTERACTIVE, 2));
        assertThat(keyOf(keys, "c")).isEqualTo(new AccessKey(sha256("c"), Priority.INTERACTIVE, 1));
        assertThat(keyOf(keys, "d")).isEqualTo(new AccessKey(sha256("d"), Priority.INTERACTIVE, 1));
        assertThat(keyOf(keys, "e")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight=0", "weight=101", "weight=-1", "weight=1.5", "weight=", "urgent", "batch batch", "weight=2 batch", "weight=2 3"})
    void settings_keyWithAShareThatIsNone_isRejected(String share) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> AccessSettings.DEFAULT.withKeyHashes(List.of(FIRST_HASH + " " + share)))
                .withMessageContaining("weight");
    }

    private AccessControl byCapacity(AtomicReference<Double> perSecond) {
        AdmissionPort admission = new AdmissionPort() {
            @Override
            public double callsPerSecond() {
                return perSecond.get();
            }

            @Override
            public int callsOfOneCaller() {
                return 4;
            }
        };
        return new AccessControl(
                AccessSettings.DEFAULT.withRate(new RateLimit(RateLimit.BY_CAPACITY, 1, 3)), admission, nanos::get);
    }

    private static AccessKey keyOf(AccessControl keys, String key) {
        return keys.check(head("GET", "/", "x-api-key", key), AccessClass.CLIENT, true).key();
    }

    private AccessControl control(AccessSettings settings) {
        return new AccessControl(settings, null, nanos::get);
    }

    private Refusal refusal(AccessSettings settings, String method, String path, String... fields) {
        return refusal(control(settings), head(method, path, fields));
    }

    private static Refusal refusal(AccessControl control, RequestHead head) {
        boolean administrative = new ApiEndpoints().find(head.method(), head.path()).administrative();
        return control.check(head, administrative ? AccessClass.ADMIN : AccessClass.CLIENT, true).refusal();
    }

    private static RequestHead head(String method, String path, String... fields) {
        List<Header> headers = new ArrayList<>();
        for (int index = 0; index < fields.length; index += 2) {
            headers.add(new Header(fields[index], fields[index + 1]));
        }
        if (headers.stream().noneMatch(field -> field.isNamed("Host"))) {
            headers.add(new Header("Host", "localhost:11435"));
        }
        return new RequestHead(method, path, new Headers(headers), "192.0.2.7");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
