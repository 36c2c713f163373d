package dev.paddock.e2e;

import static dev.paddock.e2e.RawAnswer.answer;
import static dev.paddock.e2e.RawAnswer.events;
import static dev.paddock.e2e.RawAnswer.failure;
import static dev.paddock.e2e.RawAnswer.lines;
import static dev.paddock.e2e.RawAnswer.ok;
import static dev.paddock.e2e.RawAnswer.response;
import static dev.paddock.e2e.RawAnswer.untilClose;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.ErrorKind;
import java.util.List;
import java.util.stream.Stream;

/** More responses of {@link AnswersAsServersSendThemIT}: rare forms of the same kinds. In JSON here, ' stands for the quotation mark. */
final class OddAnswers {

    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";
    private static final String HEL = "{'choices':[{'index':0,'delta':{'content':'Hel'},'finish_reason':null}]}";
    private static final String LO_STOP = "{'choices':[{'index':0,'delta':{'content':'lo'},'finish_reason':'stop'}]}";
    private static final String STOP = "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}";
    private static final String DONE = "[DONE]";
    private static final String HELLO = "text 'Hello'";
    private static final String FULL = "the context is full";

    private OddAnswers() {}

    static Stream<RawAnswer> all() {
        return Stream.of(errors(), endings(), eventForms(), noErrors(), fields(), toolCalls(), noCalls(), contents(), refusals()).flatMap(rows -> rows);
    }

    private static Stream<RawAnswer> errors() {
        Stream<RawAnswer> alone = Stream.of(
                        events("{'error':{'message':'the context is full'},'choices':[]}", DONE),
                        "data: {'message':'the context is full'}\nevent: error\n\n",
                        "event:error\ndata:{'detail':'the context is full'}\n\n",
                        "id: 7\nevent: error\nretry: 5\ndata: the context is full\n\n",
                        events("{'status':'error','message':'the context is full'}", DONE),
                        events("{'choices':null,'message':'the context is full','code':1}", DONE),
                        events("{'code':500,'message':'the context is full','data':['x']}", DONE),
                        events("{'success':false,'message':'the context is full'}", DONE),
                        events("{'type':'error','message':'the context is full'}"),
                        events("{'error_code':336,'error_msg':'the context is full','id':'x'}", DONE),
                        events("[{'error':{'code':400,'message':'the context is full','status':'INVALID_ARGUMENT'}}]", DONE),
                        "[{'error':{'message':'the context is full'}}]\n",
                        events("{'choices':[{'index':0,'error':'the context is full'}]}", DONE),
                        events("{'error':['the context is full']}"),
                        events("the context is full", DONE))
                .map(body -> openAi("the error " + body.strip(), body));
        Stream<RawAnswer> afterAPiece = Stream.of(
                        "error: the context is full\n\n",
                        events("{'error_msg':'the context is full'}", DONE),
                        events("{'error_message':'the context is full'}", DONE),
                        events("{'id':'c','error':{'message':'the context is full'},'choices':[]}", DONE),
                        events("[{'error':{'message':'the context is full'}}]", DONE),
                        events("the context is full", DONE),
                        "the context is full\n\n",
                        "event: error\ndata: {'choices':[],'detail':'the context is full'}\n\n")
                .map(body -> failure("after a piece " + body.strip(), RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, json(events(HEL) + body)),
                        ErrorKind.GENERATION_FAILED, FULL, "after 'Hel'"));
        Stream<RawAnswer> others = Stream.of(
                failure("an error next to done", RawCall.OLLAMA_CHAT_STREAM,
                        ok(LINES, json(lines("{'message':{'content':'Hel'},'done':false}", "{'error':'the context is full','done':true}"))),
                        ErrorKind.GENERATION_FAILED, FULL, "after 'Hel'"),
                failure("a message that is a text", RawCall.OLLAMA_CHAT_STREAM, ok(LINES, json("{'message':'the context is full'}\n")),
                        ErrorKind.GENERATION_FAILED, FULL),
                failure("an error in an array", RawCall.OLLAMA_CHAT, ok(JSON, json("[{'error':{'message':'the context is full'}}]")),
                        ErrorKind.GENERATION_FAILED, FULL),
                failure("an error in a choice", RawCall.OPENAI_CHAT,
                        ok(JSON, json("{'choices':[{'message':{'content':''},'error':{'message':'the context is full'}}]}")),
                        ErrorKind.GENERATION_FAILED, FULL),
                failure("the finish reason ERROR with a text", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, json(events(HEL, LO_STOP.replace("stop", "ERROR"), DONE))), ErrorKind.GENERATION_FAILED, "after 'Hello'")
                        .throughGateway("after 'Hel"),
                failure("a page in place of events", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, "<html><title>502</title></html>"),
                        ErrorKind.GENERATION_FAILED, "502"),
                failure("null in place of an answer", RawCall.OPENAI_CHAT, ok(JSON, "null"), ErrorKind.MALFORMED_RESPONSE),
                failure("an empty object", RawCall.OPENAI_CHAT, ok(JSON, "{}"), ErrorKind.MALFORMED_RESPONSE),
                failure("empty events", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, ": ping\n\ndata: {}\n\ndata: [DONE]\n\n"),
                        ErrorKind.MALFORMED_RESPONSE),
                failure("an error with a status", RawCall.OPENAI_CHAT,
                        response("400 Bad Request", JSON, json("[{'error':{'message':'the context is full'}}]").getBytes(UTF_8)),
                        ErrorKind.INVALID_REQUEST, FULL));
        return Stream.of(alone, afterAPiece, others).flatMap(rows -> rows);
    }

    private static Stream<RawAnswer> endings() {
        return Stream.of(
                        events(HEL, LO_STOP) + ": bye\n\n: bye\n",
                        events(HEL, LO_STOP) + "data:[DONE]\n",
                        events(HEL, LO_STOP) + "event: done\ndata: [DONE]\n\n",
                        events(HEL, LO_STOP) + "[DONE]\n\n",
                        events(HEL, LO_STOP) + "event: end\ndata: {}\n\n",
                        events(HEL, LO_STOP, "{'choices':[{'index':0,'delta':{'content':''},'finish_reason':''}],'usage':{}}", DONE),
                        events(HEL, LO_STOP, "{'choices':[],'usage':{'prompt_tokens':null}}", "'[done]'"),
                        events(HEL, LO_STOP).strip() + "\n",
                        events(HEL, LO_STOP, DONE, DONE, HEL),
                        lines(HEL, LO_STOP, DONE))
                .map(body -> answer("the end " + body.substring(body.indexOf('\n')).strip(), RawCall.OPENAI_CHAT_STREAM,
                        untilClose(EVENTS, json(body)), HELLO, "reason 'stop'"));
    }

    private static Stream<RawAnswer> eventForms() {
        String events = events(HEL, LO_STOP, DONE);
        Stream<RawAnswer> streams = Stream.of(
                        "\uFEFF" + events,
                        events.replace("\n", "\r\n"),
                        events.replace("\n", "\r"),
                        events.replace("data: ", "data:"),
                        events.replace("data: ", "id: 1\nevent: message\ndata: "),
                        "retry: 3000\n\n" + events,
                        "\n" + events,
                        "\n\n\n: comment\n\n" + events.replace("\n\n", "\n\n: again\n\n"),
                        events.replace("'delta'", "\ndata: 'delta'"),
                        events.replace("data: {", "data: \ndata: {"),
                        events.replace("data: ", "unknown: field\ndata: "),
                        lines(HEL, LO_STOP))
                .flatMap(body -> Stream.of(EVENTS, "text/plain", "application/octet-stream", "text/html; charset=utf-8").map(type -> answer(
                        "as " + type + ": " + body.substring(0, 24).strip(), RawCall.OPENAI_CHAT_STREAM, ok(type, json(body)), HELLO)));
        Stream<RawAnswer> wholes = Stream.of(
                answer("a document labelled as a page", RawCall.OPENAI_CHAT,
                        ok("text/html", json("\n{'choices':[{'message':{'content':'Hello'},'finish_reason':'stop'}]}")), HELLO),
                failure("a page", RawCall.OPENAI_CHAT, ok("text/html", "\n<!doctype html><title>gone</title>"),
                        ErrorKind.MALFORMED_RESPONSE, "page"),
                failure("a page in place of a stream", RawCall.OLLAMA_CHAT_STREAM, ok("text/html", "\n <html>\n<title>gone</title>\n"),
                        ErrorKind.MALFORMED_RESPONSE, "page"),
                answer("lines labelled as JSON although a document was requested", RawCall.OPENAI_CHAT,
                        ok(JSON, json(lines(HEL, LO_STOP))), HELLO),
                answer("events with carriage returns although a document was requested", RawCall.OPENAI_CHAT,
                        ok("text/plain", json(events.replace("\n", "\r"))), HELLO),
                answer("events of Ollama although a document was requested", RawCall.OLLAMA_CHAT,
                        ok(null, json(events("{'message':{'content':'Hel'},'done':false}", "{'message':{'content':'lo'},'done':true}"))), HELLO));
        return Stream.concat(streams, wholes);
    }

    /** Errors that say nothing, in places where servers leave them. */
    private static Stream<RawAnswer> noErrors() {
        Stream<RawAnswer> fields = Stream.of("{'code':0,'message':''}", "{'message':null,'code':null}", "'none'", "'None'", "'null'", "' '", "[null]")
                .flatMap(error -> Stream.of(
                        answer("the error " + error, RawCall.OPENAI_CHAT_STREAM,
                                ok(EVENTS, json(events(withError(HEL, error), withError(LO_STOP, error), DONE))), HELLO),
                        answer("the error " + error, RawCall.OPENAI_CHAT, ok(JSON, json("{'error':" + error
                                + ",'choices':[{'message':{'content':'Hello'},'error':" + error + ",'finish_reason':'stop'}]}")), HELLO),
                        answer("the error " + error, RawCall.OLLAMA_CHAT,
                                ok(JSON, json("{'message':{'content':'Hello'},'done':true,'error':" + error + "}")), HELLO)));
        Stream<RawAnswer> others = Stream.of(
                answer("an empty field error", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, json("error: null\n" + events(HEL).strip() + "\nerror:\n\n" + events(LO_STOP, DONE))), HELLO),
                answer("an error in a delta", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, json(events(HEL.replace("'Hel'", "'Hel','error':{}"), LO_STOP, DONE))), HELLO),
                answer("details that say nothing", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, json(events(HEL.replace("{'choices'", "{'detail':'','errors':[],'msg':'ok','choices'"), LO_STOP, DONE))), HELLO),
                answer("the error false of embeddings", RawCall.OLLAMA_EMBED, ok(JSON, json("{'error':false,'embeddings':[[0.5]]}")), "embedding of 1"),
                answer("the error of a list of models", RawCall.OPENAI_MODELS,
                        ok(JSON, json("{'object':'list','data':[{'id':'alpha'}],'error':''}")), "alpha"),
                answer("the message of a list of models", RawCall.OPENAI_MODELS,
                        ok(JSON, json("{'code':0,'message':'success','data':[{'id':'alpha'}]}")), "alpha"),
                answer("the error of a list of models", RawCall.OLLAMA_MODELS, ok(JSON, json("{'error':'','models':[{'name':'alpha'}]}")), "alpha"),
                answer("texts about errors", RawCall.OPENAI_CHAT,
                        ok(JSON, json("{'choices':[{'message':{'content':'Hello','detail':'error','error':'x'},'finish_reason':'stop'}]}")), HELLO));
        return Stream.concat(fields, others);
    }

    private static Stream<RawAnswer> fields() {
        Stream<RawAnswer> pieces = Stream.of(
                        "'index':'0'", "'index':null", "'index':0.0", "'logprobs':{'content':null}", "'logprobs':{'content':[7,null,{'token':1}]}",
                        "'logprobs':'none'", "'logprobs':{'content':[{'token':'a','logprob':'x','top_logprobs':null,'bytes':'b'}]}",
                        "'content_filter_results':[{}]", "'delta2':[[[]]]")
                .map(field -> answer("the field " + field, RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, json(events(
                        "{'choices':[{" + field + ",'delta':{'content':'Hello'}}]}", STOP, DONE))), HELLO));
        Stream<RawAnswer> ollama = Stream.of(
                        "'created_at':null", "'created_at':-5", "'eval_count':true", "'total_duration':1e300", "'context':'x'",
                        "'model':{'a':1}", "'prompt_eval_count':-1", "'done_reason':7", "'load_duration':[]", "'eval_duration':'1h'")
                .map(field -> answer("the field " + field, RawCall.OLLAMA_CHAT,
                        ok(JSON, json("{'message':{'role':'ai','content':'Hello'},'done':true," + field + "}")), HELLO));
        Stream<RawAnswer> models = Stream.of("'created':'soon'", "'owned_by':7", "'object':null", "'created':1e99")
                .map(field -> answer("the field " + field, RawCall.OPENAI_MODELS, ok(JSON, json("{'data':[{'id':'alpha'," + field + "}]}")), "alpha"));
        Stream<RawAnswer> beats = Stream.of("ping", "[]", "'keepalive'", "{}", "{'type':'ping'}", "123", "[1]", "null\ndata: null")
                .map(beat -> answer("the heartbeat " + beat, RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, json(events(HEL) + "data: " + beat + "\n\n" + events(LO_STOP) + "data: " + beat + "\n\n" + events(DONE))), HELLO));
        Stream<RawAnswer> names = Stream.of(
                answer("names of models alone", RawCall.OPENAI_MODELS, ok(JSON, json("['alpha','beta']")), "alpha", "beta"),
                answer("names of models alone", RawCall.OLLAMA_MODELS, ok(JSON, json("{'models':['alpha',{'name':'beta'}]}")), "alpha", "beta"),
                answer("the index of a vector as a text", RawCall.OPENAI_EMBED,
                        ok(JSON, json("{'data':[{'index':'0','embedding':[0.5]}]}")), "embedding of 1"),
                answer("images that are none", RawCall.OLLAMA_CHAT,
                        ok(JSON, json("{'message':{'content':'Hello','images':'x'},'done':true}")), HELLO));
        return Stream.of(pieces, ollama, models, beats, names).flatMap(rows -> rows);
    }

    private static Stream<RawAnswer> toolCalls() {
        return Stream.of(
                calls("one id, no index", "{'id':'a','function':{'name':'weather','arguments':'{'}}",
                        "{'id':'a','function':{'arguments':'\\'at\\':1}'}}", "at=1"),
                calls("neither id nor index", "{'function':{'name':'weather','arguments':''}}",
                        "{'function':{'arguments':'{\\'at\\':1}'}}", "at=1"),
                calls("a null id and a null name", "{'index':0,'id':'a','function':{'name':'weather','arguments':'{\\'at\\''}}",
                        "{'index':0,'id':null,'function':{'name':null,'arguments':':1}'}}", "at=1"),
                calls("an empty id and an empty name", "{'index':0,'id':'a','function':{'name':'weather','arguments':'{\\'at\\''}}",
                        "{'index':0,'id':'','type':'','function':{'name':'','arguments':':1}'}}", "at=1"),
                calls("the name again", "{'index':0,'id':'a','function':{'name':'weather','arguments':'{\\'at\\''}}",
                        "{'index':0,'id':'a','function':{'name':'weather','arguments':':1}'}}", "at=1"),
                calls("indexes as texts", "{'index':'0','id':'a','function':{'name':'weather','arguments':'{\\'at\\''}},"
                                + "{'index':'1','id':'b','function':{'name':'weather','arguments':'{\\'at\\':2'}}",
                        "{'index':'1','function':{'arguments':'}'}},{'index':'0','function':{'arguments':':1}'}}", "at=1", "at=2"),
                calls("two of a name with other ids", "{'id':'a','function':{'name':'weather','arguments':'{\\'at\\':1}'}}",
                        "{'id':'b','function':{'name':'weather','arguments':'{\\'at\\':2}'}}", "at=1", "at=2"),
                calls("no function around", "{'index':0,'id':'a','name':'weather','arguments':{'at':1}}", "{'index':0}", "at=1"),
                calls("indexes from 5 on", "{'index':6,'function':{'name':'time','arguments':'{\\'at\\':2}'}}",
                        "{'index':5,'function':{'name':'weather','arguments':'{\\'at\\':1}'}}", "at=1", "at=2"),
                calls("arguments null", "{'index':0,'id':'a','function':{'name':'weather','arguments':null}}", "{'index':0}", "weather"),
                calls("empty pieces", "{'index':0,'id':'a','function':{'name':'weather','arguments':'{\\'at\\':1}'}},{}", "{}", "at=1"),
                answer("calls in a document without ids", RawCall.OPENAI_CHAT, ok(JSON, json("{'choices':[{'message':{'tool_calls':["
                        + "{'index':0,'function':{'name':'weather','arguments':{'at':1}}},"
                        + "{'index':0,'function':{'name':'weather','arguments':'{\\'at\\':2}'}}]},'finish_reason':'tool_calls'}]}")), "at=1", "at=2"),
                answer("a call in a document that was cut", RawCall.OPENAI_CHAT, ok(JSON, json("{'choices':[{'message':{'content':'Hello',"
                        + "'tool_calls':[{'function':{'name':'weather','arguments':'{\\'at\\':'}}]},'finish_reason':'max_tokens'}]}")),
                        HELLO, "weather", "reason 'max_tokens'"),
                answer("calls of Ollama over lines", RawCall.OLLAMA_CHAT_STREAM, ok(LINES, json(lines(
                        "{'message':{'tool_calls':[{'id':'a','function':{'index':0,'name':'weather','arguments':'{\\'at\\':1}'}}]},'done':false}",
                        "{'message':{'tool_calls':[{'function':{'index':0,'name':'weather','arguments':{'at':2}}}]},'done':false}",
                        "{'message':{'tool_calls':null},'done':true,'done_reason':'stop'}"))), "at=1", "at=2"),
                answer("a call of Ollama that was cut", RawCall.OLLAMA_CHAT, ok(JSON, json("{'message':{'content':'Hello','tool_calls':["
                        + "{'function':{'name':'weather','arguments':'{\\'at'}}]},'done':true,'done_reason':'length'}")), HELLO, "weather"),
                answer("empty arguments of Ollama", RawCall.OLLAMA_CHAT, ok(JSON, json("{'message':{'tool_calls':["
                        + "{'function':{'name':'weather','arguments':''}}]},'done':true}")), "weather"));
    }

    private static Stream<RawAnswer> contents() {
        return Stream.of(
                        "[{'text':'Hel'},null,{'type':'image_url','image_url':{'url':7}},{'text':'lo'}]",
                        "[{'type':'reasoning','content':[{'text':'mull'}]},{'type':'text','text':'Hello','annotations':[]}]",
                        "[{'type':'refusal','refusal':'Hel'},{'type':'text','text':'lo','index':null}]")
                .flatMap(content -> Stream.of(
                        answer("the content " + content, RawCall.OPENAI_CHAT,
                                ok(JSON, json("{'choices':[{'message':{'content':" + content + "},'finish_reason':'stop'}]}")), HELLO),
                        answer("the content " + content, RawCall.OPENAI_CHAT_STREAM,
                                ok(EVENTS, json(events("{'choices':[{'delta':{'content':" + content + "}}]}", STOP))), HELLO),
                        answer("the content " + content, RawCall.OLLAMA_CHAT,
                                ok(JSON, json("{'message':{'content':" + content + "},'done':true}")), HELLO)));
    }

    /** Calls that say nothing are none. */
    private static Stream<RawAnswer> noCalls() {
        return Stream.of("[]", "[{}]", "[null]", "[{'function':{}}]", "null").flatMap(none -> Stream.of(
                answer("the calls " + none, RawCall.OPENAI_CHAT, ok(JSON, json("{'choices':[{'message':{'content':'Hello','tool_calls':" + none
                        + ",'function_call':{}},'finish_reason':'stop'}]}")), HELLO, "calls ''"),
                answer("the calls " + none, RawCall.OLLAMA_CHAT_STREAM,
                        ok(LINES, json("{'message':{'content':'Hello','tool_calls':" + none + "},'done':true}\n")), HELLO, "calls ''")));
    }

    private static Stream<RawAnswer> refusals() {
        Stream<RawAnswer> missing = Stream.of(
                        "{'error':{'message':'模型不存在','code':'model_not_found'}}", "{'error':{'message':'模型不存在'}}",
                        "{'error':'Das Modell wurde nicht gefunden'}", "{'detail':'Le modèle demandé est introuvable'}",
                        "{'error':{'message':'m: 不存在','type':'invalid_request_error'}}", "[{'error':{'message':'?','status':'NOT_FOUND','code':404}}]",
                        "{'code':'ModelNotFound','message':'?'}", "{'error':{'message':'?','type':'not_found_error','param':'model'}}")
                .map(body -> refused("404 Not Found", body, ErrorKind.MODEL_NOT_FOUND));
        Stream<RawAnswer> others = Stream.of(
                refused("400 Bad Request", "{'error':{'message':'?','code':'model_not_exist'}}", ErrorKind.MODEL_NOT_FOUND),
                refused("404 Not Found", "{'detail':'Not Found'}", ErrorKind.INVALID_REQUEST),
                refused("404 Not Found", "{'error':{'message':'Invalid URL (POST /v1/models/x)','type':'invalid_request_error'}}",
                        ErrorKind.INVALID_REQUEST),
                refused("404 Not Found", "{'error':{'message':'previous response not found','code':'previous_response_not_found',"
                        + "'param':'previous_response_id'}}", ErrorKind.INVALID_REQUEST),
                refused("429 Too Many Requests", "{'error':'insufficient_quota'}", ErrorKind.RATE_LIMITED));
        return Stream.concat(missing, others);
    }

    private static RawAnswer refused(String status, String body, ErrorKind kind) {
        return failure(status + " " + body, RawCall.OPENAI_CHAT, response(status, JSON, json(body).getBytes(UTF_8)), kind,
                "failed " + kind);
    }

    private static RawAnswer openAi(String name, String body) {
        return failure(name, RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, json(body)), ErrorKind.GENERATION_FAILED, FULL);
    }

    private static RawAnswer calls(String name, String first, String second, String... seen) {
        return answer(name, RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, json(events(
                "{'choices':[{'index':0,'delta':{'tool_calls':[" + first + "]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[" + second + "]}}]}", STOP.replace("stop", "tool_calls"), DONE))), seen);
    }

    private static String withError(String object, String error) {
        return object.substring(0, object.length() - 1) + ",'error':" + error + "}";
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
