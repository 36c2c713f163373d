package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that asked for a whole answer gets one document, also when the server streams. In JSON here, ' stands for the quotation mark. */
@Timeout(60)
class StreamedWithoutRequestIT {

    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";
    private static final String NATIVE_JSON = "application/json; charset=utf-8";
    private static final String CHAT = "/v1/chat/completions";

    /** A stream, and the document that a client gets of it. */
    record Row(String name, String path, String body, @Nullable String type, String stream, String document) {

        @Override
        public String toString() {
            return path + ": " + name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(conversations(), choicesAndTools(), completions(), lines(), otherApis()).flatMap(rows -> rows);
    }

    private static Stream<Row> conversations() {
        return Stream.of(
                chat("text, reasoning, usage and unknown fields",
                        data("{'id':'c','object':'chat.completion.chunk','created':7,'model':'m','system_fingerprint':null,'choices':"
                                + "[{'index':0,'delta':{'role':'assistant','content':''},'logprobs':null,'finish_reason':null}]}")
                                + ": a comment\n\nevent: ping\ndata: {'type':'ping'}\n\ndata: null\n\n"
                                + data(delta("{'reasoning_content':'mu'}"), delta("{'reasoning_content':'ll'}"), delta("{'content':'Hel'}"),
                                        "{'id':'c','choices':[{'index':0,'delta':{'role':'assistant','content':'lo'},'token_ids':[1,2]}],"
                                                + "'timings':{'n':1}}",
                                        "{'id':'c','choices':[{'index':0,'delta':{},'token_ids':[3],'finish_reason':'stop'}]}",
                                        "{'id':'c','system_fingerprint':'fp','choices':[],'usage':{'prompt_tokens':3}}", "[DONE]"),
                        "{'id':'c','object':'chat.completion','created':7,'model':'m','system_fingerprint':'fp','choices':[{'index':0,"
                                + "'message':{'role':'assistant','content':'Hello','reasoning_content':'mull'},'logprobs':null,"
                                + "'token_ids':[1,2,3],'finish_reason':'stop'}],'timings':{'n':1},'usage':{'prompt_tokens':3}}"),
                chat("log probabilities and a refusal",
                        data("{'choices':[{'index':0,'delta':{'content':null,'refusal':'I '},'logprobs':"
                                        + "{'content':[{'token':'I','logprob':-0.5}],'refusal':null}}]}",
                                "{'choices':[{'index':0,'delta':{'refusal':'may not'},'logprobs':"
                                        + "{'content':[{'token':'x','logprob':-Infinity}]},'finish_reason':'stop'}]}"),
                        "{'choices':[{'index':0,'message':{'role':'assistant','content':null,'refusal':'I may not'},'logprobs':{'content':"
                                + "[{'token':'I','logprob':-0.5},{'token':'x','logprob':null}],'refusal':null},'finish_reason':'stop'}],"
                                + "'object':'chat.completion'}"),
                chat("a pair in two pieces, half a pair",
                        data(delta("{'content':'a\\ud83d'}"), delta("{'content':'\\ude00b\\ud83d'}"), stop("stop")),
                        document("{'role':'assistant','content':'a\ud83d\ude00b\ufffd'}", "stop")),
                chat("a content of parts",
                        data(delta("{'content':''}"), delta("{'content':[{'type':'thinking','thinking':'mull'}]}"),
                                delta("{'content':'Hello'}"), stop("stop")),
                        document("{'role':'assistant','content':[{'type':'thinking','thinking':'mull'},{'type':'text','text':'Hello'}]}",
                                "stop")),
                chat("falsy errors",
                        data("{'error':'','choices':[{'index':0,'delta':{'content':'Hello'},'error':null,'finish_reason':'stop'}]}"),
                        document("{'role':'assistant','content':'Hello'}", "stop")),
                chat("a document in an event",
                        data("{'choices':[{'index':0,'message':{'role':'assistant','content':'Hello'},'finish_reason':'stop'}]}", "[DONE]"),
                        document("{'role':'assistant','content':'Hello'}", "stop")),
                new Row("without the field stream", CHAT, "{'model':'m'}", null, data(delta("{'content':'Hello'}"), stop("stop")),
                        document("{'role':'assistant','content':'Hello'}", "stop")));
    }

    private static Stream<Row> choicesAndTools() {
        return Stream.of(
                chat("two choices",
                        data("{'choices':[{'index':1,'delta':{'content':'b'}}]}", "{'choices':[{'index':0,'delta':{'content':'a'}}]}",
                                "{'choices':[{'index':1,'delta':{},'finish_reason':'length'}]}", stop("stop")),
                        "{'choices':[{'index':0,'message':{'role':'assistant','content':'a'},'finish_reason':'stop'},"
                                + "{'index':1,'message':{'role':'assistant','content':'b'},'finish_reason':'length'}],"
                                + "'object':'chat.completion'}"),
                chat("calls of tools in pieces",
                        data(call("{'index':0,'id':'a','type':'function','function':{'name':'weather','arguments':''},'x':1}"),
                                call("{'index':0,'id':'other','function':{'arguments':'{\\'at\\':'}}"),
                                call("{'index':1,'id':'b','function':{'name':'time','arguments':'{}'}}"),
                                call("{'index':0,'function':{'arguments':'1}'}}"), stop("tool_calls")),
                        document("{'role':'assistant','content':null,'tool_calls':["
                                + "{'id':'a','type':'function','function':{'name':'weather','arguments':'{\\'at\\':1}'},'x':1},"
                                + "{'id':'b','type':'function','function':{'name':'time','arguments':'{}'}}]}", "tool_calls")),
                chat("a call without an id and with arguments as an object",
                        data(call("{'function':{'name':'weather','arguments':{'at':1}}}"), stop("tool_calls")),
                        document("{'role':'assistant','content':null,'tool_calls':["
                                + "{'id':null,'type':'function','function':{'name':'weather','arguments':'{\\'at\\':1}'}}]}", "tool_calls")),
                chat("a call that the length cut",
                        data(call("{'index':0,'id':'a','function':{'name':'weather','arguments':'{\\'at'}}"), stop("length")),
                        document("{'role':'assistant','content':null,'tool_calls':["
                                + "{'id':'a','type':'function','function':{'name':'weather','arguments':'{\\'at'}}]}", "length")),
                chat("a call of the old form",
                        data(delta("{'function_call':{'name':'weather','arguments':'{\\'at\\':'}}"),
                                delta("{'function_call':{'arguments':'1}'}}"), stop("function_call")),
                        document("{'role':'assistant','content':null,'function_call':{'name':'weather','arguments':'{\\'at\\':1}'}}",
                                "function_call")));
    }

    private static Stream<Row> completions() {
        return Stream.of(new Row("text", "/v1/completions", "{'model':'m','stream':false}", EVENTS,
                data("{'object':'text_completion','choices':[{'text':'Hel','index':0,'logprobs':{'tokens':['Hel']},'finish_reason':null}]}",
                        "{'object':'text_completion','choices':[{'text':'lo','index':0,'logprobs':{'tokens':['lo']},"
                                + "'finish_reason':'stop'}],'usage':{'total_tokens':2}}", "[DONE]"),
                "{'object':'text_completion','choices':[{'index':0,'text':'Hello','logprobs':{'tokens':['Hel','lo']},"
                        + "'finish_reason':'stop'}],'usage':{'total_tokens':2}}"));
    }

    private static Stream<Row> lines() {
        String chat = "{'model':'m','created_at':'1','message':{'role':'assistant','content':'Hel','thinking':'mull',"
                + "'tool_calls':[{'function':{'name':'a','arguments':{'at':1}}}]},'done':false}\n"
                + "{'model':'m','created_at':'2','message':{'role':'assistant','content':'lo',"
                + "'tool_calls':[{'function':{'name':'b','arguments':{}}}]},'done':false}\n"
                + "{'model':'m','created_at':'3','message':{'role':'assistant','content':''},'done_reason':'stop','done':true,'eval_count':2}\n";
        String document = "{'model':'m','created_at':'3','message':{'role':'assistant','content':'Hello','thinking':'mull','tool_calls':["
                + "{'function':{'name':'a','arguments':{'at':1}}},{'function':{'name':'b','arguments':{}}}]},'done':true,"
                + "'done_reason':'stop','eval_count':2}";
        String body = "{'model':'m','stream':false}";
        return Stream.of(
                new Row("lines", "/api/chat", body, LINES, chat, document),
                new Row("lines labelled as a document", "/api/chat", body, JSON, chat, document),
                new Row("lines without a label", "/api/chat", body, null, chat, document),
                new Row("events", "/api/chat", body, EVENTS, "data: " + chat.strip().replace("\n", "\n\ndata: ") + "\n\n", document),
                new Row("lines of completions", "/api/generate", body, LINES,
                        "{'response':'Hel','done':false,'logprobs':[{'token':'Hel'}]}\n\n"
                                + "{'response':'lo','thinking':'x','logprobs':[{'token':'lo'}],'done':true,'context':[1,2]}",
                        "{'response':'Hello','done':true,'logprobs':[{'token':'Hel'},{'token':'lo'}],'thinking':'x','context':[1,2]}"));
    }

    private static Stream<Row> otherApis() {
        return Stream.of(
                new Row("events", "/v1/responses", "{'model':'m'}", EVENTS,
                        "event: response.created\n" + data("{'type':'response.created','response':{'id':'r','status':'in_progress'}}")
                                + data("{'type':'response.output_text.delta','delta':'Hello'}")
                                + data("{'type':'response.completed','response':{'id':'r','status':'completed','output':['Hello']}}"),
                        "{'id':'r','status':'completed','output':['Hello']}"),
                new Row("events", "/v1/messages", "{'model':'m','max_tokens':9}", EVENTS,
                        event("{'type':'message_start','message':{'id':'a','type':'message','role':'assistant','content':[],"
                                + "'stop_reason':null,'usage':{'input_tokens':3,'output_tokens':1}}}")
                                + event("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}")
                                + event("{'type':'ping'}")
                                + event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'Hel'}}")
                                + event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'lo'}}")
                                + event("{'type':'content_block_stop','index':0}")
                                + event("{'type':'content_block_start','index':1,'content_block':"
                                        + "{'type':'tool_use','id':'t','name':'weather','input':{}}}")
                                + event("{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'{\\'a'}}")
                                + event("{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'t\\':1}'}}")
                                + event("{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':5}}")
                                + event("{'type':'message_stop'}"),
                        "{'id':'a','type':'message','role':'assistant','content':[{'type':'text','text':'Hello'},"
                                + "{'type':'tool_use','id':'t','name':'weather','input':{'at':1}}],'stop_reason':'tool_use',"
                                + "'usage':{'input_tokens':3,'output_tokens':5}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void stream_whereADocumentWasRequested_isOneDocument(Row row) throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(answering(row.type(), json(row.stream())))) {
            RawClient.Response answer = scene.ask("POST", row.path(), json(row.body()));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(json(row.document()));
            assertThat(answer.headers("Content-Type")).containsExactly(row.path().startsWith("/api") ? NATIVE_JSON : JSON);
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.bytes().length));
            assertThat(answer.header("Transfer-Encoding")).isNull();
            assertThat(scene.logLine()).contains("status=200 outcome=ok");
            assertThat(scene.paddock().pool().pools().getFirst().usage().leased()).isZero();
        }
    }

    /** Nothing of an answer is sent that fails before its end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions | cut          | 502 | before it was complete",
        "/v1/chat/completions | error        | 400 | the context is full",
        "/v1/chat/completions | finish error | 500 | failure",
        "/v1/chat/completions | junk         | 502 | malformed",
        "/api/chat            | cut          | 502 | before it was complete",
        "/api/chat            | error        | 500 | the context is full",
        "/v1/messages         | error        | 503 | the context is full",
        "/v1/responses        | cut          | 502 | before it was complete",
    })
    void stream_thatFailsBeforeItsEnd_isAnErrorStatus(String path, String end, int status, String message) throws IOException {
        boolean isNative = path.startsWith("/api");
        String piece = isNative
                ? "{'message':{'content':'secret'},'done':false}\n"
                : path.equals("/v1/chat/completions") ? data(delta("{'content':'secret'}")) : data("{'type':'x','delta':{'text':'secret'}}");
        String rest = switch (end) {
            case "error" -> isNative
                    ? "{'error':'the context is full'}\n"
                    : path.equals("/v1/messages")
                            ? "event: error\n" + data("{'type':'error','error':{'type':'overloaded_error','message':'the context is full'}}")
                            : data("{'error':{'message':'the context is full','code':400}}", "[DONE]");
            case "finish error" -> data(stop("error"), "[DONE]");
            case "junk" -> data("{'choices':");
            default -> "";
        };
        try (GatewayFixture scene = GatewayFixture.of(answering(isNative ? LINES : EVENTS, json(piece + rest)))) {
            RawClient.Response answer = scene.ask("POST", path, json("{'model':'m','stream':false}"));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains(message, "\"error\"").doesNotContain("secret");
            assertThat(answer.header("Content-Type")).startsWith(JSON);
            assertThat(answer.whole()).isTrue();
            assertThat(scene.server().requests()).hasSize(1);
        }
    }

    @Test
    void stream_thatIsTooLong_isAMalformedResponse() throws IOException {
        String piece = json(data(delta("{'content':'" + "x".repeat(1 << 20) + "'}")));
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(EVENTS);
            for (int count = 0; count < 66; count++) {
                connection.sendChunk(piece);
            }
            connection.sendChunk(json(data(stop("stop"), "[DONE]")));
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("POST", CHAT, json("{'model':'m'}"));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("longer than").doesNotContain("xxx");
            assertThat(scene.logLine()).contains("outcome=malformed_response");
        }
    }

    /** In doubt, a stream is relayed: some servers read other values of {@code stream} as true. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions | `{\"model\":\"m\",\"stream\":true}`",
        "/v1/chat/completions | `{\"model\":\"m\",\"stream\":1}`",
        "/v1/chat/completions | `{\"model\":\"m\",\"stream\":\"true\"}`",
        "/v1/chat/completions | `{\"stream\":`",
        "/api/chat | `{\"model\":\"m\"}`",
        "/api/chat | `{\"model\":\"m\",\"stream\":null}`",
    })
    void stream_thatMayHaveBeenRequested_isRelayed(String path, String body) throws IOException {
        String events = json(data(delta("{'content':'Hello'}"), stop("stop"), "[DONE]"));
        try (GatewayFixture scene = GatewayFixture.of(answering(EVENTS, events))) {
            RawClient.Response answer = scene.ask("POST", path, body);

            assertThat(answer.body()).isEqualTo(events);
            assertThat(answer.header("Content-Type")).isEqualTo(EVENTS);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions | `{ \"choices\" : [{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n`",
        "/v1/chat/completions | `{\n \"choices\" : [\n{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]\n}\n\n`",
        "/api/chat | `\n {\"message\":{\"content\":\"{\\\"a\\\"\"},\"done\":true} `",
    })
    void document_ofAnyForm_comesOutByteForByte(String path, String document) throws IOException {
        for (String type : new String[] {JSON, EVENTS}) {
            try (GatewayFixture scene = GatewayFixture.of(answering(type, document))) {
                RawClient.Response answer = scene.ask("POST", path, json("{'model':'m','stream':false}"));

                assertThat(answer.body()).isEqualTo(document);
                assertThat(answer.header("Content-Type")).isEqualTo(type);
            }
        }
    }

    private static ConnectionScript answering(@Nullable String type, String stream) {
        return ConnectionScript.forEachRequest(connection -> {
            byte[] body = stream.getBytes(UTF_8);
            String field = type == null ? "" : "Content-Type: " + type + "\r\n";
            connection.send("HTTP/1.1 200 OK\r\n" + field + "Content-Length: " + body.length + "\r\n\r\n");
            connection.send(body);
        });
    }

    private static Row chat(String name, String stream, String document) {
        return new Row(name, CHAT, "{'model':'m','stream':false}", EVENTS, stream, document);
    }

    private static String document(String message, String reason) {
        return "{'choices':[{'index':0,'message':" + message + ",'finish_reason':'" + reason + "'}],'object':'chat.completion'}";
    }

    private static String delta(String delta) {
        return "{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}";
    }

    private static String call(String call) {
        return delta("{'tool_calls':[" + call + "]}");
    }

    private static String stop(String reason) {
        return "{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}";
    }

    private static String data(String... data) {
        return "data: " + String.join("\n\ndata: ", data) + "\n\n";
    }

    private static String event(String data) {
        return "event: " + data.substring(9, data.indexOf('\'', 9)) + "\n" + data(data);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
