package dev.paddock.test;

import static dev.paddock.test.CallMatcher.anything;
import static dev.paddock.test.CallMatcher.chat;
import static dev.paddock.test.CallMatcher.completion;
import static dev.paddock.test.CallMatcher.embedding;
import static dev.paddock.test.CallMatcher.header;
import static dev.paddock.test.CallMatcher.matching;
import static dev.paddock.test.CallMatcher.messageContains;
import static dev.paddock.test.CallMatcher.model;
import static dev.paddock.test.CallMatcher.offersTool;
import static dev.paddock.test.CallMatcher.streamed;
import static dev.paddock.test.CallMatcher.textContains;
import static dev.paddock.test.CallMatcher.toolResult;
import static dev.paddock.test.CallMatcher.whole;
import static dev.paddock.test.StubAnswer.busy;
import static dev.paddock.test.StubAnswer.disconnect;
import static dev.paddock.test.StubAnswer.error;
import static dev.paddock.test.StubAnswer.json;
import static dev.paddock.test.StubAnswer.pieces;
import static dev.paddock.test.StubAnswer.rateLimited;
import static dev.paddock.test.StubAnswer.text;
import static dev.paddock.test.StubAnswer.toolCall;
import static dev.paddock.test.StubAnswer.vector;
import static dev.paddock.test.StubAnswer.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of stubs and verification, over both dialects of the server and over the fake. */
@Timeout(60)
class StubbedModelsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.close();
    }

    @ParameterizedTest
    @EnumSource
    void text_streamedAndWhole_isTheAnswer(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(model("llama3.2:latest"), textContains("sky")).answer("Because of  Rayleigh.\n");

            assertThat(opened.chat("Why is the sky blue?")).isEqualTo("Because of  Rayleigh.\n");
            assertThat(String.join("", opened.stream("the sky"))).isEqualTo("Because of  Rayleigh.\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pieces_streamed_comeOneByOne(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(pieces("one", "two", " <three> é🐎"));

            assertThat(opened.stream("go")).containsExactly("one", "two", " <three> é🐎");
        }
    }

    @ParameterizedTest
    @EnumSource
    void completion_ofAPrompt_isAnsweredWithItsReason(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(completion()).answer(text("a long st").reason("length"));

            assertThat(opened.llm().generate(GenerateRequest.of("any", "Once")).completion().isCut()).isTrue();
            assertThat(opened.llm().generate(GenerateRequest.of("any", "Once")).text()).isEqualTo("a long st");
        }
    }

    @ParameterizedTest
    @EnumSource
    void json_isTheText(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(whole()).answer(json("{\"a\": [1, null]}"), json(Map.of("b", List.of(true, 1.5))));

            assertThat(opened.chat("go")).isEqualTo("{\"a\": [1, null]}");
            assertThat(opened.chat("go")).isEqualTo("{\"b\":[true,1.5]}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tools_conversation_usesTheResult(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(offersTool("weather"), textContains("Rome")).answer(toolCall("weather", Map.of("city", "Rome")).andToolCall("time", Map.of()));
            opened.models().when(toolResult("weather"), textContains("sunny")).answer("Take sunglasses.");
            Message question = Message.user("How is Rome?");
            ChatRequest first = ChatRequest.of("llama3.2", List.of(question)).withTools(List.of(new Tool("weather", "", Map.of())));

            ChatResponse asked = opened.llm().chat(first);
            ToolCall call = asked.message().toolCalls().getFirst();
            assertThat(asked.message().toolCalls()).extracting(ToolCall::name).containsExactly("weather", "time");
            assertThat(call.arguments()).isEqualTo(Map.of("city", "Rome"));

            List<Message> more = List.of(question, asked.message(), Message.tool(asked.message().toolCalls().getLast(), "noon"), Message.tool(call, "sunny"));
            assertThat(opened.llm().chat(ChatRequest.of("llama3.2", more)).text()).isEqualTo("Take sunglasses.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void toolCall_streamed_comesAfterTheText(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(streamed()).answer(text("Let me look.").andToolCall("weather", Map.of("city", "Rome")));
            List<ToolCall> calls = new ArrayList<>();
            StringBuilder heard = new StringBuilder();

            try (ResponseStream<ChatChunk> stream = opened.llm().chatStream(ChatRequest.of("llama3.2", "go"))) {
                stream.forEachRemaining(chunk -> {
                    heard.append(chunk.text());
                    calls.addAll(chunk.message().toolCalls());
                });
            }

            assertThat(heard).hasToString("Let me look.");
            assertThat(calls).extracting(ToolCall::arguments).containsExactly(Map.of("city", "Rome"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void emptyText_isAnAnswer(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer("");

            assertThat(opened.chat("go")).isEmpty();
            assertThat(opened.stream("go")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusal_held_waitsForTheLatch(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            Latch latch = new Latch();
            opened.models().when().answer(busy().heldAfter(3, latch));
            CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> opened.chat("go"), threads);

            assertThat(latch.awaitArrival(PATIENCE)).isTrue();
            assertThat(call).isNotDone();
            latch.open();
            assertThat(call).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(ServerBusyException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void condition_thatFails_isToldToTheCaller(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(matching("luck", call -> {
                throw new AssertionError("no luck");
            })).answer("never");

            assertThatThrownBy(() -> opened.chat("go")).hasMessageContaining("no luck");
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectors_areThoseOfTheTexts(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(embedding(), textContains("two")).answer(vectors(List.of(new float[] {1, 2}, new float[] {3, 4})));
            opened.models().byDefault(vector(9));

            assertThat(opened.embed("one", "two", "three")).containsExactly(new float[] {1, 2}, new float[] {3, 4}, new float[] {3, 4});
            assertThat(opened.embed("one")).containsExactly(new float[] {9});
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectors_withoutAStub_dependOnTheText(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().byDefault("for chats only");

            assertThat(opened.llm().embed(EmbedRequest.of("unheard-of", "one")).embeddings()).hasSize(1);
            List<float[]> invented = opened.embed("one", "two", "one");
            assertThat(invented.get(0)).isEqualTo(invented.get(2)).isNotEqualTo(invented.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sequence_answersOneAfterAnother_andTheLastStays(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(textContains("go")).answer(text("first"), busy(), text("then"));

            assertThat(opened.chat("go")).isEqualTo("first");
            assertThatExceptionOfType(ServerBusyException.class).isThrownBy(() -> opened.chat("go"));
            assertThat(opened.chat("go")).isEqualTo("then");
            assertThat(opened.chat("go")).isEqualTo("then");
        }
    }

    @ParameterizedTest
    @EnumSource
    void stubs_theNewestWins_andTheDefaultIsLast(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(chat()).answer("old");
            opened.models().when(textContains("new")).answer("new");
            opened.models().byDefault("default");

            assertThat(opened.chat("new")).isEqualTo("new");
            assertThat(opened.chat("other")).isEqualTo("old");
            assertThat(opened.llm().generate(GenerateRequest.of("any", "go")).text()).isEqualTo("default");
        }
    }

    @ParameterizedTest
    @EnumSource
    void call_withoutAStub_isRefusedByName(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(model("other")).answer("never");

            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> opened.chat("Why?"))
                    .withMessageContaining("no stub of the test matches this call", "chat of model 'llama3.2'", "user: Why?");
        }
    }

    @ParameterizedTest
    @EnumSource
    void headers_andMessages_selectTheStub(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(header("x-tenant", "acme")).answer("for acme");
            opened.models().when(messageContains("system", "pirate")).answer("Arr.");
            opened.models().byDefault("for all");
            CallContext acme = CallContext.create().with(CallAttributes.EXTRA_HEADERS, Headers.of("X-Tenant", "acme"));

            assertThat(opened.llm().chat(ChatRequest.of("llama3.2", "go"), acme).text()).isEqualTo("for acme");
            assertThat(opened.llm().chat(ChatRequest.of("llama3.2", List.of(Message.system("Be a pirate."), Message.user("go")))).text())
                    .isEqualTo("Arr.");
            assertThat(opened.chat("go")).isEqualTo("for all");
        }
    }

    @ParameterizedTest
    @EnumSource
    void errors_areTheFailuresOfAClient(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(
                    error(400, "bad"), error(401, "who?"), error(404, "model 'llama3.2' not found"), error(500, "broken"), busy(),
                    rateLimited(Duration.ofSeconds(7)), disconnect());

            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> opened.chat("go")).withMessageContaining("bad");
            assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> opened.chat("go")).withMessageContaining("who?");
            assertThatExceptionOfType(ModelNotFoundException.class).isThrownBy(() -> opened.stream("go"));
            assertThat(catchThrowableOfType(ServerFailedException.class, () -> opened.stream("go")).facts().status()).isEqualTo(500);
            assertThatExceptionOfType(ServerBusyException.class).isThrownBy(() -> opened.embed("go"));
            assertThat(catchThrowableOfType(RateLimitedException.class, () -> opened.chat("go")).facts().retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> opened.chat("go"));
            assertThat(opened.models().calls()).hasSizeGreaterThanOrEqualTo(7); // a transport may repeat what a stale connection lost
        }
    }

    @ParameterizedTest
    @EnumSource
    void cut_streamed_keepsWhatCameBefore(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(
                    pieces("one", "two", "three").cutAfter(2), pieces("one", "two").endedAfter(1), pieces("one", "two").cutAfter(99));

            assertThat(truncated(opened).facts().textReceived()).isEqualTo("onetwo");
            assertThat(truncated(opened).facts().textReceived()).isEqualTo("one");
            assertThat(truncated(opened).facts().textReceived()).isEqualTo("onetwo");
        }
    }

    private static LlmException truncated(ModelsUnderTest.Opened opened) {
        return catchThrowableOfType(TruncatedResponseException.class, () -> opened.stream("go"));
    }

    @ParameterizedTest
    @EnumSource
    void cut_whole_isNoAnswer(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when(chat()).answer(pieces("one", "two").cutAfter(1), pieces("one", "two").endedAfter(1));
            opened.models().when(embedding()).answer(vector(1, 2).cutAfter(0), vector(1, 2).endedAfter(0));

            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(() -> opened.chat("go"));
            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(() -> opened.chat("go"));
            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(() -> opened.embed("go"));
            assertThatExceptionOfType(TruncatedResponseException.class).isThrownBy(() -> opened.embed("go"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void failure_insideAStream_endsIt(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(pieces("one", "two").failedAfter(1, "out of memory"));

            LlmException failure = catchThrowableOfType(LlmException.class, () -> opened.stream("go"));
            assertThat(failure.facts().textReceived()).isEqualTo("one");
            if (kind != ModelsUnderTest.OPENAI) { // the real server loses the message there
                assertThat(failure).hasMessageContaining("out of memory");
            }
            assertThatExceptionOfType(ServerFailedException.class).isThrownBy(() -> opened.chat("go")).withMessageContaining("out of memory");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hold_afterAPiece_waitsForTheLatch(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            Latch latch = new Latch();
            opened.models().when(streamed()).answer(pieces("one", "two").heldAfter(1, latch));

            try (ResponseStream<ChatChunk> stream = opened.llm().chatStream(ChatRequest.of("llama3.2", "go"))) {
                assertThat(stream.next().text()).isEqualTo("one");
                CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> stream.next().text(), threads);
                assertThat(latch.awaitArrival(PATIENCE)).isTrue();
                assertThat(second).isNotDone();
                latch.open();
                assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("two");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hold_whileOthersCall_keepsNobodyWaiting(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            Latch latch = new Latch();
            opened.models().when(textContains("slow")).answer(text("slow").heldBy(latch));
            opened.models().when(textContains("fast")).answer("fast");

            CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> opened.chat("slow"), threads);
            assertThat(latch.awaitArrival(PATIENCE)).isTrue();
            assertThat(opened.chat("fast")).isEqualTo("fast");
            assertThat(slow).isNotDone();
            latch.open();
            assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("slow");
            opened.models().verifyInOrder(textContains("slow"), textContains("fast"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void delay_isAtLeastTheTime(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(text("late").after(Duration.ofMillis(50)));
            long start = System.nanoTime();

            assertThat(opened.chat("go")).isEqualTo("late");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stall_cancelledByTheCaller_isAnAbandonedCall(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(pieces("one", "two").stalledAfter(1));
            CallContext context = CallContext.create();

            try (ResponseStream<ChatChunk> stream = opened.llm().chatStream(ChatRequest.of("llama3.2", "go"), context)) {
                assertThat(stream.next().text()).isEqualTo("one");
                CompletableFuture<ChatChunk> next = CompletableFuture.supplyAsync(stream::next, threads);
                context.cancellation().cancel();
                assertThat(next).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(CallCancelledException.class);
            }
            opened.models().awaitAbandonedCall(PATIENCE);
            assertThat(opened.models().abandonedCalls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stream_closedInTheMiddle_isAnAbandonedCall(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().when().answer(pieces("one", "two").heldAfter(1, new Latch()));

            try (ResponseStream<ChatChunk> stream = opened.llm().chatStream(ChatRequest.of("llama3.2", "go"))) {
                assertThat(stream.next().text()).isEqualTo("one");
            }
            opened.models().awaitAbandonedCall(PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void verification_failed_listsWhatWasReceived(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().byDefault("yes");
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> opened.models().verifyCalled(anything())).withMessageContaining("no call was received");
            opened.chat("first\nline");
            opened.stream("second");

            opened.models().verifyCalled(model("llama3.2"), textContains("first"));
            opened.models().verifyCalled(2);
            opened.models().verifyCalled(0, embedding());
            opened.models().verifyCalled(1, textContains("second").negate());
            opened.models().verifyInOrder(textContains("first"), streamed());
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> opened.models().verifyCalled(model("llama3.2"), textContains("third")))
                    .withMessageStartingWith("expected a call with model 'llama3.2' and a last text that contains 'third', but received, in this order:")
                    .withMessageContaining("1. chat of model 'llama3.2'")
                    .withMessageContaining("user: first\\nline")
                    .withMessageContaining(", streamed");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> opened.models().verifyCalled(1, chat()))
                    .withMessageStartingWith("expected 1 calls with a conversation, but there are 2");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> opened.models().verifyInOrder(textContains("second"), textContains("first")))
                    .withMessageContaining("but no call with a last text that contains 'first' is at its place");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> opened.models().awaitCall(Duration.ZERO, embedding()))
                    .withMessageContaining("1. chat of model 'llama3.2'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void verification_failed_hidesKeys(ModelsUnderTest kind) {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().byDefault("yes");
            Headers secret = Headers.of("X-Api-Key", "s3cret").with("X-Tenant", "acme");
            opened.llm().chat(ChatRequest.of("llama3.2", "go"), CallContext.create().with(CallAttributes.EXTRA_HEADERS, secret));

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> opened.models().verifyCalled(header("X-Api-Key", "other")))
                    .withMessageContaining("X-Tenant: acme")
                    .withMessageContaining("X-Api-Key: (hidden)")
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret", "other"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void awaitCall_ofABackgroundThread_seesIt(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            opened.models().byDefault("yes");
            CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> opened.chat("later"), threads);

            opened.models().awaitCall(PATIENCE, textContains("later"));
            assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reset_forgetsStubsAndCalls_andReleasesWhatIsHeld(ModelsUnderTest kind) throws Exception {
        try (ModelsUnderTest.Opened opened = kind.open()) {
            Latch latch = new Latch();
            opened.models().when().answer(text("held").heldBy(latch));
            CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> opened.chat("go"), threads);
            assertThat(latch.awaitArrival(PATIENCE)).isTrue();

            opened.models().reset();

            assertThat(held.get(30, TimeUnit.SECONDS)).isEqualTo("held");
            assertThat(opened.models().calls()).isEmpty();
            opened.models().byDefault("new");
            assertThat(opened.chat("go")).isEqualTo("new");
        }
    }
}
