package dev.paddock.adapters.http.answercache;

import static dev.paddock.adapters.http.answercache.CacheFixture.chat;
import static dev.paddock.adapters.http.answercache.CacheFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.AnswerNotCachedException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are begun by a thread that may not wait, as an event loop may not: the thread of the test is one. */
class BegunMissTest {

    private static final String CHAT = "/api/chat";
    private static final ExchangeRequest HELLO = chat("hello");

    private CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void begin_miss_isSentByTheCallingThreadAndStored() {
        fixture.ask(chat("the list of models is known now"));

        Settled<Exchange> miss = begunAtOnce(HELLO, CallContext.create());
        assertThat(fixture.server().begunBy()).isSameAs(Thread.currentThread());
        assertThat(label(miss)).isEqualTo("MISS");
        assertThat(CacheFixture.read(miss.get())).contains("\"A2\"");

        Settled<Exchange> hit = begunAtOnce(HELLO, CallContext.create());
        assertThat(label(hit)).isEqualTo("HIT");
        assertThat(CacheFixture.read(hit.get())).contains("\"A2\"");
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void begin_requestThatIsNotServed_isSentByTheCallingThread() {
        Settled<Exchange> sampled = begunAtOnce(
                request(Operation.CHAT, CHAT, "{\"model\":\"m\",\"messages\":[]}"),
                CallContext.create().with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoStore()));

        assertThat(fixture.server().begunBy()).isSameAs(Thread.currentThread());
        assertThat(label(sampled)).isEqualTo("BYPASS");
    }

    @Test
    void begin_listOfModelsIsNotKnown_isAwaitedByAnotherThread() {
        assertThat(label(begunByAnother(HELLO))).isEqualTo("MISS");
        assertThat(fixture.server().calls("/api/tags")).isEqualTo(1);
    }

    @Test
    void begin_storeMayWait_isAskedByAnotherThread() {
        fixture.close();
        ObservedStore store = new ObservedStore(
                new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp()),
                () -> assertThat(WaitingThread.isCurrent()).as("may wait").isTrue(),
                () -> { });
        fixture = new CacheFixture(CacheFixture.SETTINGS, store, false);

        assertThat(CacheFixture.read(begunByAnother(HELLO).get())).contains("\"A1\"");
        assertThat(label(begunByAnother(HELLO))).isEqualTo("HIT");
    }

    @Test
    void begin_storedAnswerHasAnotherForm_isConvertedByAnotherThread() {
        fixture.ask(HELLO);

        assertThat(label(begunByAnother(HELLO.asStream()))).isEqualTo("HIT");
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
    }

    @Test
    void begin_onlyIfCached_fails() {
        fixture.ask(chat("the list of models is known now"));
        Settled<Exchange> refused = begunAtOnce(
                HELLO, CallContext.create().with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withOnlyIfCached()));

        assertThatThrownBy(refused::get).isInstanceOf(AnswerNotCachedException.class);
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
    }

    @Test
    void begin_withSingleFlight_onlySharedCallsTakeAThread() {
        fixture.close();
        fixture = new CacheFixture(CacheFixture.SETTINGS, null, true);
        fixture.ask(chat("the list of models is known now"));

        assertThat(label(begunByAnother(HELLO))).isEqualTo("MISS");
        assertThat(label(begunAtOnce(
                        request(Operation.CHAT, CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                        CallContext.create())))
                .isEqualTo("BYPASS");
        assertThat(fixture.server().begunBy()).isSameAs(Thread.currentThread());
    }

    /** Else an event loop would wait for the end when it takes the piece. */
    @Test
    void isReady_lastPieceHasArrivedAndTheEndHasNot_isNot() {
        fixture.ask(chat("the list of models is known now"));
        fixture.server().fault(StubServer.Answer::ofKnownLength);
        Queue<Boolean> ready = new ArrayDeque<>(List.of(true, false, true));
        fixture.server().ready(ready::remove); // the piece, the end, the end later
        Exchange exchange = begunAtOnce(HELLO, CallContext.create()).get();

        assertThat(exchange.isReady()).isFalse();
        assertThat(exchange.isReady()).isTrue();
        assertThat(CacheFixture.read(exchange)).contains("\"A2\"");
        assertThat(label(begunAtOnce(HELLO, CallContext.create()))).isEqualTo("HIT");
    }

    @Test
    void forward_longAnswer_isExaminedByAThreadThatMayWait() {
        fixture.close();
        int most = 2 * RecordingExchange.LONGEST_EXAMINED_AT_USE;
        fixture = new CacheFixture(
                new AnswerCacheSettings(
                        CacheFixture.TUNING, most, false, CacheFixture.SETTINGS.tenancy()),
                null,
                false);
        fixture.ask(chat("the list of models is known now"));
        fixture.server().fault(answer -> StubServer.document("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\""
                        + "x".repeat(RecordingExchange.LONGEST_EXAMINED_AT_USE) + "\"},\"done\":true,\"done_reason\":\"stop\"}")
                .ofKnownLength());
        Exchange exchange = begunAtOnce(HELLO, CallContext.create()).get();
        CompletableFuture<Boolean> mayWait = new CompletableFuture<>();
        exchange.forward(
                new FrameSink() {
                    @Override
                    public boolean accept(Frame frame) {
                        assertThat(label(begunAtOnce(HELLO, CallContext.create()))).as("before its last piece").isEqualTo("HIT");
                        return true;
                    }

                    @Override
                    public void whenReady(Runnable resume) {
                        resume.run();
                    }
                },
                failure -> mayWait.complete(failure == null && WaitingThread.isCurrent()));

        assertThat(Parallel.resultOf(mayWait)).isTrue();
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void begin_answerIsClosedBeforeItsEnd_isNotStored() {
        fixture.ask(chat("the list of models is known now"));
        try (Exchange left = begunAtOnce(HELLO, CallContext.create()).get()) {
            assertThat(left.head().status()).isEqualTo(200);
        }
        fixture.advance(Duration.ofSeconds(1));

        assertThat(label(begunAtOnce(HELLO, CallContext.create()))).isEqualTo("MISS");
    }

    /** Begins a call whose head has arrived when that returns. */
    private Settled<Exchange> begunAtOnce(ExchangeRequest request, CallContext context) {
        CompletableFuture<Settled<Exchange>> opened = new CompletableFuture<>();
        fixture.begin(request, context, opened::complete);
        assertThat(opened).as("without another thread").isDone();
        return opened.join();
    }

    private Settled<Exchange> begunByAnother(ExchangeRequest request) {
        CompletableFuture<Settled<Exchange>> opened = new CompletableFuture<>();
        CompletableFuture<Boolean> mayWait = new CompletableFuture<>();
        fixture.begin(request, CallContext.create(), settled -> {
            mayWait.complete(WaitingThread.isCurrent());
            opened.complete(settled);
        });
        assertThat(Parallel.resultOf(mayWait)).isTrue();
        return opened.join();
    }

    private static String label(Settled<Exchange> opened) {
        return opened.get().head().headers().first("X-Cache");
    }
}
