package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls, as servers cut them into pieces. In the texts here, ' stands for the quotation mark. */
class ToolCallsTest {

    private static final Dialect OLLAMA = new OllamaDialect();
    private static final Dialect OPEN_AI = new OpenAiDialect();

    @Test
    void openAi_idThatChangesBetweenPieces_isOneCall() {
        assertThat(calls("tool_calls", "{'index':0,'id':'a1','function':{'name':'f','arguments':''}}",
                        "{'index':0,'id':'a2','function':{'arguments':'{\\'x\\':'}}",
                        "{'index':0,'id':'a3','function':{'name':null,'arguments':'1'}}",
                        "{'index':0,'id':'','function':{'name':'','arguments':'}'}}"))
                .containsExactly(call("a1", "f", 1));
    }

    @Test
    void openAi_nameInEachPiece_isOneCall() {
        assertThat(calls("tool_calls", "{'index':0,'id':'a','function':{'name':'f','arguments':''}}",
                        "{'index':0,'id':'b','function':{'name':'f','arguments':'{\\'x\\':'}}",
                        "{'index':0,'id':'c','function':{'name':'f','arguments':'1}'}}"))
                .containsExactly(call("a", "f", 1));
    }

    @Test
    void openAi_newNameOnTheSameIndex_isANewCall() {
        assertThat(calls("tool_calls", "{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}",
                        "{'index':0,'id':'a','function':{'name':'g','arguments':'{\\'x\\':'}}",
                        "{'index':0,'id':'b','function':{'arguments':'2}'}}"))
                .containsExactly(call("a", "f", 1), call("a", "g", 2));
    }

    @Test
    void openAi_wholeCallsOfOneToolOnTheSameIndex_stayApart() {
        assertThat(calls("stop", "{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}}",
                        "{'index':0,'id':'b','function':{'name':'f','arguments':'{}'}}",
                        "{'index':0,'function':{'name':'f','arguments':'{\\'x\\':3}'}}"))
                .containsExactly(
                        new ToolCall("a", "f", Map.of()), new ToolCall("b", "f", Map.of()), new ToolCall(null, "f", Map.of("x", 3)));
    }

    @Test
    void openAi_piecesWithoutIds_areSeparatedByTheirIndexes() {
        assertThat(calls("tool_calls", "{'index':0,'function':{'name':'f','arguments':'{\\'x\\''}}",
                        "{'index':1,'function':{'name':'f','arguments':'{\\'x\\''}}",
                        "{'index':0,'function':{'arguments':':1}'}}",
                        "{'index':1,'function':{'arguments':':2}'}}"))
                .containsExactly(call(null, "f", 1), call(null, "f", 2));
    }

    @Test
    void openAi_piecesWithoutIndexAndId_areSeparatedByTheirNames() {
        assertThat(calls("tool_calls", "{'function':{'name':'f','arguments':'{\\'x\\''}}", "{'function':{'arguments':':1}'}}",
                        "{'function':{'name':'g','arguments':''}}", "{'function':{'arguments':'{\\'x\\':2}'}}",
                        "{'function':{'name':'g','arguments':'{\\'x\\':3}'}}"))
                .containsExactly(call(null, "f", 1), call(null, "g", 2), call(null, "g", 3));
    }

    @Test
    void openAi_piecesWithoutIndexInOneEvent_areDifferentCalls() {
        assertThat(calls("tool_calls",
                        "{'function':{'name':'f','arguments':'{\\'x\\''}},{'function':{'name':'f','arguments':'{\\'x\\''}}",
                        "{'function':{'arguments':':1}'}},{'function':{'arguments':':2}'}}"))
                .containsExactly(call(null, "f", 1), call(null, "f", 2));
    }

    @Test
    void openAi_piecesWithIdsButWithoutIndex_areSeparatedByTheirIds() {
        assertThat(calls("tool_calls", "{'id':'a','function':{'name':'f','arguments':''}}",
                        "{'id':'b','function':{'name':'g','arguments':''}}", "{'id':'a','function':{'arguments':'{\\'x\\':1}'}}",
                        "{'id':'b','function':{'arguments':'{\\'x\\':2}'}}"))
                .containsExactly(call("a", "f", 1), call("b", "g", 2));
    }

    @Test
    void openAi_callRepeatedAtTheEnd_isOneCall() {
        assertThat(calls("tool_calls", "{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\''}}",
                        "{'index':0,'function':{'arguments':':1}'}}",
                        "{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}"))
                .containsExactly(call("a", "f", 1));
    }

    @Test
    void openAi_characterSplitOverPiecesOfArguments_isJoined() {
        assertThat(calls("tool_calls", "{'index':0,'function':{'name':'f','arguments':'{\\'x\\':\\'\\ud83d'}}",
                        "{'index':0,'function':{'arguments':'\\ude00\\'}'}}"))
                .containsExactly(new ToolCall(null, "f", Map.of("x", "\ud83d\ude00")));
    }

    @Test
    void openAi_functionCall_isATool() {
        List<ChatChunk> chunks = openAi(
                event("{'function_call':{'name':'f','arguments':'{\\'x\\''}}", "null"),
                event("{'function_call':{'arguments':':1}'}}", "null"), event("{}", "'function_call'"), "[DONE]");

        assertThat(chunks.getLast().message().toolCalls()).containsExactly(call(null, "f", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"length|{'x': 'ab", "max_tokens|{'x'", "LENGTH|~~", "length|{'x':1} {", "length|no"})
    void anyDialect_callCutByTheLimit_isIncompleteAndLosesNothing(String reason, String arguments) {
        String escaped = arguments.replace("'", "\\'");
        List<ChatChunk> chunks = openAi(
                event("{'content':'so far'}", "null"),
                event("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'" + escaped + "'}}]}", "null"),
                event("{}", "'" + reason + "'"), "[DONE]");
        ChatResponse ofOpenAi = OPEN_AI.chat().decode(json("{'choices':[{'message':{'content':'so far','tool_calls':[{'id':'a',"
                + "'function':{'name':'f','arguments':'" + escaped + "'}}]},'finish_reason':'" + reason + "'}]}"));
        ChatResponse ofOllama = OLLAMA.chat().decode(json("{'message':{'content':'so far','tool_calls':[{'id':'a','function':"
                + "{'name':'f','arguments':'" + escaped + "'}}]},'done':true,'done_reason':'" + reason + "'}"));
        ToolCall incomplete = ToolCall.incomplete("a", "f", arguments.replace('\'', '"'));

        assertThat(chunks).extracting(ChatChunk::text).containsExactly("so far", "");
        assertThat(chunks.getLast().message().toolCalls()).containsExactly(incomplete);
        assertThat(chunks.getLast().completion().reason()).isEqualTo(reason);
        for (ChatResponse response : List.of(ofOpenAi, ofOllama)) {
            assertThat(response.text()).isEqualTo("so far");
            assertThat(response.message().toolCalls()).containsExactly(incomplete);
            assertThat(response.completion().isCut()).isTrue();
        }
        assertThat(incomplete.isComplete()).isFalse();
    }

    @Test
    void ollama_cutCallBeforeTheLastLine_isIncomplete() {
        ChunkDecoder<ChatChunk> decoder = OLLAMA.chat().chunkDecoder();
        ChatChunk first = decoder.decode(Frame.data(json("{'message':{'content':'','tool_calls':[{'function':{'name':'f','arguments':"
                + "{'x':1}}},{'function':{'name':'g','arguments':'{'}}]},'done':false}")));
        ChatChunk last = decoder.decode(Frame.data(json("{'message':{'content':''},'done':true,'done_reason':'length'}")));

        assertThat(first.message().toolCalls()).containsExactly(call(null, "f", 1));
        assertThat(last.message().toolCalls()).containsExactly(ToolCall.incomplete(null, "g", "{"));
    }

    @Test
    void ollama_brokenCallOfAnAnswerThatWasNotCut_isMalformed() {
        ChunkDecoder<ChatChunk> decoder = OLLAMA.chat().chunkDecoder();
        decoder.decode(Frame.data(json("{'message':{'tool_calls':[{'function':{'name':'g','arguments':'{'}}]},'done':false}")));

        assertThatThrownBy(() -> decoder.decode(Frame.data(json("{'done':true,'done_reason':'stop'}"))))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageStartingWith("the arguments of a tool call");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'x':1}", "'{\\'x\\':1}'", "' {\\'x\\' : 1} '"})
    void anyDialect_argumentsAsTextOrObject_areTheSame(String arguments) {
        String message = "{'tool_calls':[{'function':{'name':'f','arguments':" + arguments + "}}]}";

        assertThat(OLLAMA.chat().decode(json("{'message':" + message + ",'done':true}")).message().toolCalls())
                .containsExactly(call(null, "f", 1));
        assertThat(OPEN_AI.chat().decode(json("{'choices':[{'message':" + message + ",'finish_reason':'stop'}]}"))
                        .message().toolCalls())
                .containsExactly(call(null, "f", 1));
        assertThat(openAi(event(message, "'stop'"), "[DONE]").getLast().message().toolCalls())
                .containsExactly(call(null, "f", 1));
    }

    @Test
    void openAi_wholeAnswerWithCallsThatShareEverything_keepsThemAll() {
        String call = "{'index':0,'id':'a','function':{'name':'f','arguments':''}}";

        assertThat(OPEN_AI.chat().decode(json("{'choices':[{'message':{'tool_calls':[" + call + "," + call + "]},"
                        + "'finish_reason':'tool_calls'}]}"))
                        .message().toolCalls())
                .hasSize(2);
    }

    @Test
    void encode_incompleteCall_isRefusedInBothDialects() {
        Message turn = Message.assistant("").withToolCalls(List.of(ToolCall.incomplete("a", "f", "{")));
        ChatRequest request = new ChatRequest(
                new ModelName("m"), List.of(turn), List.of(), ChatRequest.of("m", "x").settings());

        for (Dialect dialect : List.of(OLLAMA, OPEN_AI)) {
            assertThatThrownBy(() -> dialect.chat().encode(request, false))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the call of the tool f was cut");
        }
    }

    private static ToolCall call(String id, String name, int x) {
        return new ToolCall(id, name, Map.of("x", x));
    }

    private static List<ToolCall> calls(String finishReason, String... pieces) {
        List<String> events = new ArrayList<>();
        for (String piece : pieces) {
            events.add(event("{'tool_calls':[" + piece + "]}", "null"));
        }
        events.add(event("{}", "'" + finishReason + "'"));
        events.add("[DONE]");
        return openAi(events.toArray(String[]::new)).getLast().message().toolCalls();
    }

    private static List<ChatChunk> openAi(String... events) {
        ChunkDecoder<ChatChunk> decoder = OPEN_AI.chat().chunkDecoder();
        List<ChatChunk> chunks = new ArrayList<>();
        for (String event : events) {
            ChatChunk chunk = decoder.decode(Frame.data(("data: " + event).getBytes(UTF_8)));
            if (chunk != null) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    private static String event(String delta, String finishReason) {
        return new String(json("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':" + finishReason + "}]}"), UTF_8);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
