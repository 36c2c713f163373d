package dev.paddock.adapters.http.wire.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.AnswerFacts.Tokens;
import dev.paddock.domain.telemetry.AnswerFactsReader;
import dev.paddock.domain.telemetry.InferenceSettings;
import dev.paddock.domain.telemetry.InferenceSettings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInferenceReaderTest {

    private final JsonInferenceReader reader = new JsonInferenceReader();

    @ParameterizedTest
    @CsvSource({"/api/chat,ollama", "/v1/chat/completions,openai", "/v1/responses,openai", "/v1/messages,anthropic", "/chat/completions,openai"})
    void provider_path_isThatOfItsApi(String target, String provider) {
        assertThat(reader.provider(request(Operation.CHAT, target, "{}"))).isEqualTo(provider);
    }

    @Test
    void settings_ofOllama_areFoundAmongItsOptions() {
        InferenceSettings settings = reader.settings(request(Operation.CHAT, "/api/chat", """
                {"model":"m","messages":[{"role":"user","content":"temperature"}],"format":"json","think":"high",
                 "options":{"temperature":0.5,"top_p":0.9,"top_k":40,"seed":42,"num_predict":100,"frequency_penalty":1,
                            "presence_penalty":-1.5,"stop":["secret"]}}"""));

        assertThat(settings.numbers()).isEqualTo(Map.of(
                Setting.TEMPERATURE, 0.5, Setting.TOP_P, 0.9, Setting.TOP_K, 40, Setting.SEED, 42, Setting.MAX_TOKENS, 100,
                Setting.FREQUENCY_PENALTY, 1, Setting.PRESENCE_PENALTY, -1.5));
        assertThat(settings.outputType()).isEqualTo("json");
        assertThat(settings.reasoningLevel()).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"n\":3,\"max_completion_tokens\":7,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"n\":9}},\"reasoning_effort\":\"low\"}",
        "{\"n\":3,\"max_output_tokens\":7,\"text\":{\"format\":{\"type\":\"json_object\"}},\"reasoning\":{\"effort\":\"low\"}}",
        "{\"metadata\":{\"n\":9},\"tools\":[{\"n\":8}],\"n\":3,\"max_tokens\":7,\"format\":{\"type\":\"object\",\"n\":9},\"think\":\"low\"}"
    })
    void settings_ofOtherApis_areFoundWhereTheyHaveThem(String body) {
        InferenceSettings settings = reader.settings(request(Operation.CHAT, "/v1/chat/completions", body));

        assertThat(settings).isEqualTo(new InferenceSettings(Map.of(Setting.CHOICES, 3, Setting.MAX_TOKENS, 7), "json", "low"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"temperature\":", "no json", "{\"temperature\":\"hot\",\"think\":true,\"reasoning_effort\":\"please <think>\"}"})
    void settings_thatCannotBeRead_areNone(String body) {
        assertThat(reader.settings(request(Operation.CHAT, "/v1/chat/completions", body))).isEqualTo(InferenceSettings.NONE);
    }

    @Test
    void settings_ofABodyInAFileOrOfAnotherOperation_areNotRead() {
        RequestBody file = new RequestBody() {
            @Override
            public long length() {
                return 1;
            }

            @Override
            public BodyPiece piece(long position, int most) {
                throw new AssertionError("read");
            }
        };

        assertThat(reader.settings(ExchangeRequest.create(Operation.CHAT, "POST", "/api/chat", file))).isEqualTo(InferenceSettings.NONE);
        assertThat(reader.settings(request(Operation.PULL_MODEL, "/api/pull", "{\"n\":3}"))).isEqualTo(InferenceSettings.NONE);
    }

    @Test
    void facts_ofAStreamOfOllama_areThoseOfItsEnd() {
        AnswerFacts facts = stream(
                "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}",
                "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"model\":\"no\"},\"done\":false}",
                "{\"model\":\"llama3.2\",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":7}");

        assertThat(facts).isEqualTo(new AnswerFacts(null, "llama3.2", new Tokens(11L, 7L, null, null, null), List.of("stop")));
    }

    @Test
    void facts_ofAStreamOfOpenAi_areThoseOfItsEnd() {
        AnswerFacts facts = stream(
                "data: {\"id\":\"chatcmpl-1\",\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}",
                "data: {\"id\":\"chatcmpl-1\",\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}",
                "data: {\"id\":\"chatcmpl-1\",\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}",
                "data: {\"id\":\"chatcmpl-1\",\"model\":\"gpt\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":2}}}",
                "data: [DONE]");

        assertThat(facts).isEqualTo(new AnswerFacts("chatcmpl-1", "gpt", new Tokens(5L, 6L, 4L, null, 2L), List.of("length")));
    }

    @Test
    void facts_ofAStreamOfAnthropic_addUpItsInputTokens() {
        AnswerFacts facts = stream(
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude\",\"usage\":{"
                        + "\"input_tokens\":10,\"cache_read_input_tokens\":20,\"cache_creation_input_tokens\":5,\"output_tokens\":1}}}",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}",
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}",
                "event: message_stop\ndata: {\"type\":\"message_stop\"}");

        assertThat(facts).isEqualTo(new AnswerFacts("msg_1", "claude", new Tokens(35L, 9L, 20L, 5L, null), List.of("end_turn")));
    }

    @Test
    void facts_ofAStreamOfResponses_areThoseOfItsLastEvent() {
        AnswerFacts facts = stream(
                "event: response.created\ndata: {\"response\":{\"id\":\"resp_1\",\"model\":\"gpt\"}}",
                "event: response.completed\ndata: {\"response\":{\"id\":\"resp_1\",\"model\":\"gpt\",\"output\":[{\"id\":\"no\",\"usage\":{\"input_tokens\":99}}],"
                        + "\"usage\":{\"input_tokens\":3,\"input_tokens_details\":{\"cached_tokens\":1},\"output_tokens\":4}}}");

        assertThat(facts).isEqualTo(new AnswerFacts("resp_1", "gpt", new Tokens(3L, 4L, 1L, null, null), List.of()));
    }

    @Test
    void facts_ofADocument_doNotDependOnItsParts() {
        byte[] document = ("{\"id\":\"chatcmpl-1\",\"model\":\"gpt\",\"choices\":[{\"message\":{\"content\":\"ä\\\"id\\\":\\\"x\\\"\"},\"finish_reason\":\"stop\"},"
                + "{\"message\":{\"content\":null},\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}")
                .getBytes(UTF_8);
        AnswerFacts expected =
                new AnswerFacts("chatcmpl-1", "gpt", new Tokens(5L, 6L, null, null, null), List.of("stop", "length"));

        for (int size = 1; size <= document.length; size++) {
            AnswerFactsReader answer = reader.answer(Framing.DOCUMENT);
            for (int from = 0; from < document.length; from += size) {
                answer.accept(Frame.data(Arrays.copyOfRange(document, from, Math.min(document.length, from + size))));
            }
            assertThat(answer.facts()).as("parts of %d bytes", size).isEqualTo(expected);
        }
    }

    @Test
    void facts_ofVectors_areThoseBehindThem() {
        StringBuilder vectors = new StringBuilder("{\"model\":\"e\",\"embeddings\":[");
        for (int vector = 0; vector < 200; vector++) {
            vectors.append(vector == 0 ? "[" : ",[").append("0.125,-1e-3,".repeat(500)).append("7]");
        }
        vectors.append("],\"total_duration\":5,\"prompt_eval_count\":400}");

        AnswerFactsReader answer = reader.answer(Framing.DOCUMENT);
        answer.accept(Frame.data(vectors.toString().getBytes(UTF_8)));

        assertThat(answer.facts()).isEqualTo(new AnswerFacts(null, "e", new Tokens(400L, null, null, null, null), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[[0.5,-1e-3],[7,0]]", "[[ 0.5 , -1E+3 ],\n[7]]", "[[1,null],[2,\"3, ]4\\\"]\"],[]]", "[\"1,2\",[1,[2,{\"x\":[3]}],4]]", "[0,1]",
        "[{\"embedding\":[1,2],\"index\":0},{\"embedding\":[-3],\"index\":1}]"
    })
    void facts_ofNumbers_doNotDependOnTheParts(String numbers) {
        byte[] document = ("{\"model\":\"e\",\"embeddings\":" + numbers + ",\"more\":[5,6],\"prompt_eval_count\":400}").getBytes(UTF_8);
        AnswerFacts expected = new AnswerFacts(null, "e", new Tokens(400L, null, null, null, null), List.of());

        for (int size = 1; size <= document.length; size++) {
            AnswerFactsReader answer = reader.answer(Framing.DOCUMENT);
            for (int from = 0; from < document.length; from += size) {
                answer.accept(Frame.data(Arrays.copyOfRange(document, from, Math.min(document.length, from + size))));
            }
            assertThat(answer.facts()).as("parts of %d bytes", size).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "x", "[1,2", "{\"usage\":{\"prompt_tokens\":99999999999999999999}}", "{\"usage\":[[[[[[[[{\"prompt_tokens\":1}]]]]]]]]}",
        "{\"usage\":{\"prompt_tokens\":-1}}", "{\"usage\":{\"prompt_tokens\":1.5}}", "{\"usage\":{\"prompt_tokens\":\"7\"}}", "\u0000", "data: {"
    })
    void facts_ofWhatIsNoAnswer_areNone(String text) {
        assertThatCode(() -> {
                    assertThat(stream(text)).isEqualTo(AnswerFacts.NONE);
                    AnswerFactsReader document = reader.answer(Framing.DOCUMENT);
                    document.accept(Frame.data(text.getBytes(UTF_8)));
                    document.accept(Frame.data("}".getBytes(UTF_8)));
                    assertThat(document.facts()).isEqualTo(AnswerFacts.NONE);
                })
                .doesNotThrowAnyException();
    }

    private AnswerFacts stream(String... frames) {
        AnswerFactsReader answer = reader.answer(Framing.EVENTS);
        AnswerFactsReader tokens = reader.tokens(Framing.EVENTS);
        for (String frame : frames) {
            answer.accept(Frame.data(frame.getBytes(UTF_8)));
            tokens.accept(Frame.data(frame.getBytes(UTF_8)));
        }
        assertThat(tokens.facts().tokens()).as("read alone").isEqualTo(answer.facts().tokens());
        return answer.facts();
    }

    private static ExchangeRequest request(Operation operation, String target, String body) {
        return ExchangeRequest.post(operation, target, body.getBytes(UTF_8));
    }
}
