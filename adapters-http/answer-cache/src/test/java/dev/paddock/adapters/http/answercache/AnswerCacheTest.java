package dev.paddock.adapters.http.answercache;

import static dev.paddock.adapters.http.answercache.CacheFixture.chat;
import static dev.paddock.adapters.http.answercache.CacheFixture.read;
import static dev.paddock.adapters.http.answercache.CacheFixture.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.AnswerNotCachedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered from the cache, and what never is; calls are counted at the server. */
class AnswerCacheTest {

    private static final String CHAT = "/api/chat";
    private static final String TAGS = "/api/tags";
    private static final ExchangeRequest HELLO = chat("hello");

    private CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void next_lastPieceOfADocumentOfKnownLength_isPassedOnAfterTheAnswerWasStored() {
        fixture.server().fault(StubServer.Answer::ofKnownLength);
        try (Exchange first = fixture.open(HELLO, CallContext.create())) {
            assertThat(first.next()).isNotNull(); // its end was not read
            fixture.ask(HELLO);
        }
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
    }

    @Test
    void forward_lastPieceOfADocumentOfKnownLength_isPassedOnAfterTheAnswerWasStored() {
        fixture.server().fault(StubServer.Answer::ofKnownLength);
        try (Exchange first = fixture.open(HELLO, CallContext.create())) {
            first.forward(new FrameSink() {
                @Override
                public boolean accept(Frame frame) {
                    fixture.ask(HELLO);
                    return true;
                }

                @Override
                public void whenReady(Runnable resume) {
                    resume.run();
                }
            });
        }
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
    }

    @Test
    void clear_answerInProgress_isNotStored() {
        try (Exchange first = fixture.open(HELLO, CallContext.create())) {
            assertThat(first.next()).isNotNull();
            fixture.cache().clear(AnswerSelection.ALL);
            assertThat(first.next()).isNull();
        }
        fixture.ask(HELLO);
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void open_equalRequest_isAnsweredFromTheCache() {
        String first = fixture.ask(HELLO);
        fixture.advance(Duration.ofSeconds(20));
        Exchange second = fixture.open(chat("hello"), CallContext.create());

        assertThat(second.head().headers().first("X-Cache")).isEqualTo("HIT");
        assertThat(second.head().headers().first("Cache-Status")).isEqualTo("paddock; hit; ttl=3580");
        assertThat(second.head().headers().first("Age")).isEqualTo("20");
        assertThat(second.head().headers().contains("Date")).isFalse();
        assertThat(second.head().headers().contains("X-Request-Id")).isFalse();
        assertThat(second.head().headers().contentLength()).isEqualTo(first.length());
        assertThat(second.head().provenance().source()).isEqualTo(Provenance.Source.CACHE);
        assertThat(read(second)).isEqualTo(first);
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
        assertThat(fixture.cache().report().hits()).isEqualTo(1);
        assertThat(fixture.cache().report().misses()).isEqualTo(1);
        assertThat(fixture.cache().report().savedPromptTokens()).isEqualTo(3);
        assertThat(fixture.cache().report().savedCompletionTokens()).isEqualTo(5);
    }

    @Test
    void open_miss_saysThatItIsStored() {
        Exchange miss = fixture.open(HELLO, CallContext.create());

        assertThat(miss.head().headers().first("X-Cache")).isEqualTo("MISS");
        assertThat(miss.head().headers().first("Cache-Status")).isEqualTo("paddock; fwd=miss; stored");
        assertThat(miss.head().provenance().source()).isEqualTo(Provenance.Source.BACKEND);
    }

    @Test
    void open_streamAndWhole_shareOneAnswer() {
        String lines = fixture.ask(HELLO.asStream());
        String document = fixture.ask(HELLO);
        fixture.cache().clear(AnswerSelection.ALL);
        String otherDocument = fixture.ask(HELLO);
        String otherLines = fixture.ask(HELLO.asStream());

        assertThat(lines.lines()).hasSize(3);
        assertThat(document).contains("\"content\":\"A1\"", "\"done\":true", "\"eval_count\":5");
        assertThat(otherDocument).contains("\"content\":\"A2\"");
        assertThat(otherLines.lines()).hasSize(2);
        assertThat(otherLines).contains("\"content\":\"A2\"", "\"done\":false", "\"done\":true", "\"eval_count\":5");
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void open_otherTenant_getsItsOwnAnswer() {
        CallContext one = CallContext.create().with(CallAttributes.CALLER, "key-1");
        CallContext other = CallContext.create().with(CallAttributes.CALLER, "key-2");

        assertThat(fixture.ask(HELLO, one)).isNotEqualTo(fixture.ask(HELLO, other));
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void open_sharedTenancy_sharesAnswers() {
        replace(new AnswerCacheSettings(
                CacheFixture.TUNING, 8192, false, Tenancy.SHARED));
        CallContext one = CallContext.create().with(CallAttributes.CALLER, "key-1");

        assertThat(fixture.ask(HELLO, one)).isEqualTo(fixture.ask(HELLO));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 400, 404, 429, 500, 503})
    void open_statusOtherThan200_isNotStored(int status) {
        fixture.server().fault(answer -> answer.withStatus(status));
        Exchange first = fixture.open(HELLO, CallContext.create());
        assertThat(first.head().headers().first("Cache-Status")).doesNotContain(status >= 400 ? "stored" : "hit");
        read(first);

        assertThat(fixture.ask(HELLO)).contains("A2");
    }

    @Test
    void open_answerThatIsNotComplete_isNotStored() {
        TruncatedResponseException broken = new TruncatedResponseException("broken", ErrorFacts.NONE);
        List<Function<StubServer.Answer, StubServer.Answer>> faults = List.of(
                answer -> answer.failingAfter(2, broken),
                answer -> answer.failingAfter(3, broken), // although all of its frames have arrived
                answer -> answer.withFrames(answer.frames().subList(0, 2)), // ends without the terminal frame
                answer -> answer.withFrames(Collections.nCopies(9, answer.frames().getFirst())), // a longer one without it
                answer -> answer.withFrames(answer.frames().subList(2, 3)), // says nothing
                answer -> answer.withVerdict(AnswerVerdict.MODEL_FAILED),
                answer -> answer.withHeader("Cache-Control", "private, No-Store"));
        for (Function<StubServer.Answer, StubServer.Answer> fault : faults) {
            fixture.server().fault(fault);
            try {
                fixture.ask(HELLO.asStream());
            } catch (TruncatedResponseException expected) {
                assertThat(expected).isSameAs(broken);
            }
        }
        fixture.ask(HELLO.asStream());

        assertThat(fixture.server().calls(CHAT)).isEqualTo(faults.size() + 1);
        fixture.ask(HELLO.asStream());
        assertThat(fixture.server().calls(CHAT)).isEqualTo(faults.size() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "not json", "{\"message\":{\"content\":\"a\"},\"done\":false}", "{\"message\":{\"content\":\"\"},\"done\":true}",
        "{\"error\":\"no\"}", "{\"message\":{\"content\":\"a\"},\"done\":true}x",
    })
    void open_documentThatIsNoCompleteAnswer_isNotStored(String body) {
        fixture.server().fault(answer -> answer.withFrames(List.of(Frame.data(body.getBytes(UTF_8)))));
        fixture.ask(HELLO);

        assertThat(fixture.ask(HELLO)).contains("A2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"embeddings\":[[0,0]]}", "{\"embeddings\":[]}", "{\"embeddings\":[[1],[2]]}", "{\"embeddings\":[[NaN,1]]}", "{}",
    })
    void open_vectorsThatAreNone_areNotStored(String body) {
        ExchangeRequest embed = request(Operation.EMBED, "/api/embed", "{\"model\":\"m\",\"input\":\"a\"}");
        fixture.server().fault(answer -> answer.withFrames(List.of(Frame.data(body.getBytes(UTF_8)))));
        fixture.ask(embed);
        fixture.ask(embed);
        fixture.ask(embed);

        assertThat(fixture.server().calls("/api/embed")).isEqualTo(2);
    }

    @Test
    void close_beforeTheEnd_storesNothing() {
        try (Exchange left = fixture.open(HELLO.asStream(), CallContext.create())) {
            left.next();
        }

        assertThat(fixture.ask(HELLO)).contains("A2");
    }

    @Test
    void open_answerThatIsTooLong_isPassedAndNotStored() {
        String text = "x".repeat(9000);
        fixture.server().fault(answer -> answer.withFrames(List.of(Frame.data(
                ("{\"message\":{\"content\":\"" + text + "\"},\"done\":true}").getBytes(UTF_8)))));

        assertThat(fixture.ask(HELLO)).contains(text);
        assertThat(fixture.ask(HELLO)).contains("A2");
    }

    @Test
    void open_directives_areObeyed() {
        fixture.ask(HELLO);
        fixture.advance(Duration.ofSeconds(10));

        assertThat(askWith(CacheControl.DEFAULT.withMaxAge(Duration.ofSeconds(10)))).contains("A1");
        assertThat(askWith(CacheControl.DEFAULT.withOnlyIfCached())).contains("A1");
        assertThat(askWith(CacheControl.DEFAULT.withNoStore())).contains("A2");
        assertThat(askWith(CacheControl.DEFAULT)).contains("A1"); // what was not stored did not replace it
        assertThat(askWith(CacheControl.DEFAULT.withNoCache())).contains("A3");
        assertThat(askWith(CacheControl.DEFAULT)).contains("A3"); // what was asked for anew did
        fixture.advance(Duration.ofSeconds(11));
        assertThat(askWith(CacheControl.DEFAULT.withMaxAge(Duration.ofSeconds(10)))).contains("A4");
        assertThat(askWith(CacheControl.DEFAULT)).contains("A4");
    }

    @Test
    void open_answerThatIsNotComplete_doesNotReplaceTheStoredOne() {
        fixture.ask(HELLO);
        fixture.server().fault(answer -> answer.withFrames(List.of(Frame.data("{\"done\":true}".getBytes(UTF_8)))));

        assertThat(askWith(CacheControl.DEFAULT.withNoCache())).isEqualTo("{\"done\":true}");
        assertThat(fixture.ask(HELLO)).contains("A1");
    }

    @Test
    void open_onlyIfCachedWithoutAnswer_failsWithoutAsking() {
        CallContext context = CallContext.create().with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withOnlyIfCached());

        assertThatThrownBy(() -> fixture.open(HELLO, context)).isInstanceOf(AnswerNotCachedException.class);
        assertThatThrownBy(() -> fixture.open(sampled(), context)).isInstanceOf(AnswerNotCachedException.class);
        assertThat(fixture.server().calls(CHAT)).isZero();
    }

    @Test
    void open_directiveThatForbidsTheAnswer_isNamed() {
        fixture.ask(HELLO);
        CallContext context = CallContext.create().with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoCache());

        assertThat(fixture.open(HELLO, context).head().headers().first("Cache-Status")).isEqualTo("paddock; fwd=request; stored");
    }

    @Test
    void open_requestThatIsNotReusable_isBypassedWithReason() {
        Exchange exchange = fixture.open(sampled(), CallContext.create());

        assertThat(exchange.head().headers().first("X-Cache")).isEqualTo("BYPASS");
        assertThat(exchange.head().headers().first("Cache-Status")).isEqualTo("paddock; fwd=bypass; detail=sampled");
        assertThat(fixture.cache().report().bypasses()).containsEntry(BypassReason.SAMPLED, 1L);
    }

    @Test
    void open_timeToLive_endsTheUse() {
        fixture.ask(HELLO);
        fixture.advance(Duration.ofMinutes(59));
        assertThat(fixture.ask(HELLO)).contains("A1");

        fixture.advance(Duration.ofMinutes(1));

        assertThat(fixture.ask(HELLO)).contains("A2");
        assertThat(fixture.cache().report().expirations()).isEqualTo(1);
    }

    @Test
    void open_hitWithKeepAlive_keepsTheModelAtTheServer() {
        String json = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"keep_alive\":\"9m\","
                + "\"options\":{\"temperature\":0,\"num_ctx\":8192},\"stream\":false}";
        fixture.ask(request(Operation.CHAT, CHAT, json));
        fixture.ask(request(Operation.CHAT, CHAT, json));
        Eventually.await("the wish has arrived", () -> fixture.server().calls(CHAT) == 2);
        fixture.ask(request(Operation.CHAT, CHAT, json)); // not once more within the same second

        ExchangeRequest wish = fixture.server().requests().getLast();
        assertThat(new String(wish.body().bytes(), UTF_8))
                .isEqualTo("{\"model\":\"m\",\"options\":{\"temperature\":0,\"num_ctx\":8192},\"keep_alive\":\"9m\",\"stream\":false}");
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
        fixture.advance(Duration.ofSeconds(1));
        fixture.ask(request(Operation.CHAT, CHAT, json));
        Eventually.await("the wish has arrived again", () -> fixture.server().calls(CHAT) == 3);
    }

    @Test
    void find_brokenStore_isAMiss() {
        BrokenStore store = new BrokenStore();
        fixture.close();
        fixture = new CacheFixture(CacheFixture.SETTINGS, store, false);
        assertThat(fixture.ask(HELLO)).contains("A1");
        assertThat(fixture.ask(HELLO)).contains("A2");
        assertThat(fixture.cache().report().misses()).isEqualTo(2);
        assertThat(fixture.cache().report().bytes()).isZero();
    }

    @Test
    void tune_switchedOff_neitherReadsNorWrites() {
        fixture.ask(HELLO);
        fixture.cache().tune(CacheFixture.TUNING.withEnabled(false));
        assertThat(fixture.ask(HELLO)).contains("A2");
        fixture.cache().tune(CacheFixture.TUNING);
        assertThat(fixture.ask(HELLO)).contains("A1");
        assertThat(fixture.cache().report().bypasses()).containsEntry(BypassReason.SWITCHED_OFF, 1L);
    }

    @Test
    void clear_selection_removesNoOther() {
        CallContext one = CallContext.create().with(CallAttributes.CALLER, "key-1");
        fixture.ask(HELLO, one);
        fixture.ask(HELLO);

        assertThat(fixture.cache().clear(new AnswerSelection("key-1", null))).isEqualTo(1);
        assertThat(fixture.cache().clear(new AnswerSelection(null, "other"))).isZero();
        assertThat(fixture.cache().report().entries()).isEqualTo(1);
        assertThat(fixture.cache().clear(new AnswerSelection(null, "m"))).isEqualTo(1);
    }

    @Test
    void open_manyAtOnceWithSingleFlight_areCollapsedAndStoredOnce() {
        fixture.close();
        fixture = new CacheFixture(CacheFixture.SETTINGS, null, true);
        CountDownLatch start = new CountDownLatch(1);
        fixture.server().onAnswer(() -> Eventually.open(start));
        List<Future<String>> callers = Parallel.run(10, number -> Parallel.start(() -> fixture.ask(HELLO)));
        Eventually.await("all have asked", () -> fixture.cache().report().misses() == 10);
        start.countDown();

        assertThat(callers).allSatisfy(caller -> assertThat(Parallel.resultOf(caller)).contains("A1"));
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
        assertThat(fixture.cache().report().stored()).isEqualTo(1);
    }

    @Test
    void open_equalCallEndsBetweenLookupAndSingleFlight_isAnsweredByWhatThatStored() {
        AtomicReference<String> other = new AtomicReference<>();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        fixture.close();
        AnswerStorePort store = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());
        Runnable askTheSame = () -> {
            if (isFirst.getAndSet(false)) {
                other.set(fixture.ask(HELLO));
            }
        };
        fixture = new CacheFixture(CacheFixture.SETTINGS, new ObservedStore(store, askTheSame, () -> {}), true);

        assertThat(fixture.ask(HELLO)).contains("A1").isEqualTo(other.get());
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
        assertThat(fixture.cache().report().stored()).isEqualTo(1);
        assertThat(askWith(CacheControl.DEFAULT.withNoCache())).contains("A2");
    }

    @Test
    void close_allCallersLeaveASharedCall_theAnswerIsStoredAllTheSame() {
        fixture.close();
        fixture = new CacheFixture(CacheFixture.SETTINGS, null, true); // finishes what is abandoned
        try (Exchange left = fixture.open(HELLO.asStream(), CallContext.create())) {
            left.next();
        }

        Eventually.await("the answer is stored", () -> fixture.cache().report().stored() == 1);
        assertThat(fixture.ask(HELLO)).contains("A1");
    }

    private void replace(AnswerCacheSettings settings) {
        fixture.close();
        fixture = new CacheFixture(settings, null, false);
    }

    private String askWith(CacheControl control) {
        return fixture.ask(HELLO, CallContext.create().with(CallAttributes.CACHE_CONTROL, control));
    }

    private static ExchangeRequest sampled() {
        return request(Operation.CHAT, CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    }

    /** Fails whatever it does. */
    private static final class BrokenStore implements AnswerStorePort {

        @Override
        public StoredAnswer find(AnswerKey key) {
            throw new IllegalStateException("broken");
        }

        @Override
        public long generation() {
            return 0;
        }

        @Override
        public void put(StoredAnswer answer, Duration timeToLive, long generation) {
            throw new IllegalStateException("broken");
        }

        @Override
        public long remove(AnswerSelection selection) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void limit(long maxBytes) {
            throw new IllegalStateException("broken");
        }

        @Override
        public long entries() {
            throw new IllegalStateException("broken");
        }

        @Override
        public long bytes() {
            throw new IllegalStateException("broken");
        }
    }
}
