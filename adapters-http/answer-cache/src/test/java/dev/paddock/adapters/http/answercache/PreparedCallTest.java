package dev.paddock.adapters.http.answercache;

import static dev.paddock.adapters.http.answercache.CacheFixture.chat;
import static dev.paddock.adapters.http.answercache.CacheFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.PreparedCall;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls are known beforehand to be answered from memory; calls are counted at the server. */
class PreparedCallTest {

    private static final String CHAT = "/api/chat";
    private static final String TAGS = "/api/tags";
    private static final ExchangeRequest HELLO = chat("hello");

    private final CacheFixture fixture = new CacheFixture();

    @BeforeEach
    void store() {
        fixture.ask(HELLO);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void prepare_equalRequest_isAnsweredWhateverHappensToTheCacheMeanwhile() {
        ExchangeRequest again = chat("hello");
        PreparedCall call = fixture.cache().prepare(again, CallContext.create());
        fixture.cache().clear(AnswerSelection.ALL);
        fixture.cache().tune(CacheFixture.TUNING.withEnabled(false));

        assertThat(call.isAnswered()).isTrue();
        try (Exchange exchange = fixture.open(again, call.context())) {
            assertThat(exchange.head().headers().first("X-Cache")).isEqualTo("HIT");
            assertThat(exchange.head().provenance().source()).isEqualTo(Provenance.Source.CACHE);
            assertThat(CacheFixture.read(exchange)).hasSize((int) call.length());
        }
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
        assertThat(fixture.cache().report().hits()).isEqualTo(1);
    }

    @Test
    void open_otherRequestOfAPreparedCall_doesNotGetItsAnswer() {
        PreparedCall call = fixture.cache().prepare(chat("hello"), CallContext.create());

        assertThat(fixture.ask(chat("bye"), call.context())).contains("\"A2\"");
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void prepare_listOfModelsIsTooOld_waitsForNothing() {
        fixture.advance(Duration.ofSeconds(30));

        assertThat(isAnswered(HELLO, CallContext.create())).isFalse();
        assertThat(fixture.server().calls(TAGS)).isEqualTo(1);
    }

    @Test
    void prepare_callerWantsNoStoredAnswer_isNotAnswered() {
        fixture.advance(Duration.ofSeconds(10));

        assertThat(isAnswered(HELLO, with(CacheControl.DEFAULT.withNoStore()))).isFalse();
        assertThat(isAnswered(HELLO, with(CacheControl.DEFAULT.withNoCache()))).isFalse();
        assertThat(isAnswered(HELLO, with(CacheControl.DEFAULT.withMaxAge(Duration.ofSeconds(9))))).isFalse();
        assertThat(isAnswered(HELLO, with(CacheControl.DEFAULT.withMaxAge(Duration.ofSeconds(10))))).isTrue();
        assertThat(isAnswered(HELLO, with(CacheControl.DEFAULT.withOnlyIfCached()))).isTrue();
    }

    @Test
    void prepare_otherCallerRequestOrForm_isNotAnswered() {
        assertThat(isAnswered(HELLO, CallContext.create().with(CallAttributes.CALLER, "key-1"))).isFalse();
        assertThat(isAnswered(chat("bye"), CallContext.create())).isFalse();
        assertThat(isAnswered(HELLO.asStream(), CallContext.create())).isFalse();
        assertThat(isAnswered(request(Operation.SHOW_MODEL, "/api/show", "{\"model\":\"m\"}"), CallContext.create())).isFalse();
    }

    @Test
    void prepare_cacheIsSwitchedOff_isNotAnswered() {
        fixture.cache().tune(CacheFixture.TUNING.withEnabled(false));

        assertThat(isAnswered(HELLO, CallContext.create())).isFalse();
    }

    @Test
    void prepare_modelIsChanging_isNotAnswered() {
        ExchangeRequest pull = request(Operation.PULL_MODEL, "/api/pull", "{\"model\":\"m\"}");
        try (Exchange change = fixture.open(pull, CallContext.create())) {
            assertThat(change.head().status()).isEqualTo(200);
            assertThat(isAnswered(HELLO, CallContext.create())).isFalse();
        }
    }

    private boolean isAnswered(ExchangeRequest request, CallContext context) {
        return fixture.cache().prepare(request, context).isAnswered();
    }

    private static CallContext with(CacheControl control) {
        return CallContext.create().with(CallAttributes.CACHE_CONTROL, control);
    }
}
