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

/** The responses of {@link AnswersAsServersSendThemIT}, by the kind of what is special about them. */
final class RawAnswers {

    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";

    private static final String OPENAI_HEL = delta("{\"content\":\"Hel\"}", "null");
    private static final String OPENAI_LO = delta("{\"content\":\"lo\"}", "null");
    private static final String OPENAI_STOP = delta("{}", "\"stop\"");
    private static final String DONE = "[DONE]";
    private static final String OLLAMA_HEL = line("Hel", "false");
    private static final String OLLAMA_LO = line("lo", "true,\"done_reason\":\"stop\"");
    private static final String HELLO = "text 'Hello'";

    private RawAnswers() {}

    static Stream<RawAnswer> all() {
        return Stream.of(plain(), errorsThatAreNoPiece(), withoutDone(), framings(), falsyErrors(), missingModels()).flatMap(List::stream);
    }

    /** Failures that are no silent success: the caller gets the words of the server. */
    private static List<RawAnswer> errorsThatAreNoPiece() {
        String apiError = "{\"error\":{\"code\":400,\"message\":\"the context is full\",\"type\":\"invalid_request_error\"}}";
        return List.of(
                failed("a field error", "error: {\"code\":400,\"message\":\"the context is full\"}\n\n" + events(DONE)),
                failed("a field error and no more", events(OPENAI_HEL) + "error: {\"message\":\"the context is full\"}\n\n"),
                failed("a bare error", apiError + "\n\n" + events(DONE)),
                failed("a bare error in front of the end", apiError + "\n" + events(DONE)),
                failed("a bare error in several lines", "{\n \"error\": {\n  \"message\": \"the context is full\"\n }\n}\n"),
                failed("a bare error after a piece", events(OPENAI_HEL) + apiError + "\n\n" + events(DONE)),
                failed("an object error", events("{\"object\":\"error\",\"message\":\"the context is full\",\"code\":500}", DONE)),
                failed("a detail", events("{\"detail\":\"the context is full\"}", DONE)),
                failed("a list of details", events("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"the context is full\"}]}", DONE)),
                failed("a detail after a piece", events(OPENAI_HEL, "{\"detail\":\"the context is full\"}", DONE)),
                failed("a code and a message", events("{\"code\":500,\"message\":\"the context is full\",\"data\":null}", DONE)),
                failed("a text", "the context is full\n\n" + events(DONE)),
                failed("an error in a choice", events(
                        "{\"choices\":[{\"index\":0,\"error\":{\"code\":502,\"message\":\"the context is full\"},\"delta\":{}}]}", DONE)),
                failed("an error with the name of an event", "event: error\ndata: {\"message\":\"the context is full\"}\n\n"),
                failed("an error in a text", events("{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"the context is full\\\"}}\"}")),
                failure("the finish reason error", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(OPENAI_HEL, delta("{\"content\":\"\"}", "\"error\""), DONE)),
                        ErrorKind.GENERATION_FAILED, "after 'Hel'"),
                failure("nothing but [DONE]", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(DONE)), ErrorKind.MALFORMED_RESPONSE),
                failure("no choice", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events("{\"id\":\"c\",\"choices\":[]}", DONE)), ErrorKind.TRUNCATED_RESPONSE),
                failure("no finish reason", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(OPENAI_HEL, DONE)), ErrorKind.TRUNCATED_RESPONSE, "after 'Hel'"),
                failure("no finish reason", RawCall.OPENAI_CHAT, ok(JSON, whole("Hel", "null")),
                        ErrorKind.TRUNCATED_RESPONSE, "after 'Hel'"),
                failure("an empty finish reason", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(delta("{\"content\":\"Hel\"}", "\"\""), DONE)), ErrorKind.TRUNCATED_RESPONSE, "after 'Hel'"),
                failure("the finish reason error", RawCall.OPENAI_CHAT, ok(JSON, whole("Hel", "\"error\"")), ErrorKind.GENERATION_FAILED),
                failure("an object error", RawCall.OPENAI_CHAT,
                        ok(JSON, "{\"object\":\"error\",\"message\":\"the context is full\"}"),
                        ErrorKind.GENERATION_FAILED, "the context is full"),
                failure("a bare error and [DONE]", RawCall.OPENAI_CHAT,
                        ok(EVENTS, apiError + "\n\n" + events(DONE)), ErrorKind.GENERATION_FAILED, "the context is full"),
                failure("an error in completions", RawCall.OPENAI_GENERATE_STREAM,
                        ok(EVENTS, events("{\"object\":\"error\",\"message\":\"the context is full\"}", DONE)),
                        ErrorKind.GENERATION_FAILED, "the context is full"),
                failure("a detail", RawCall.OLLAMA_CHAT_STREAM, ok(LINES, lines(OLLAMA_HEL, "{\"detail\":\"the context is full\"}")),
                        ErrorKind.GENERATION_FAILED, "the context is full", "after 'Hel'"),
                failure("a text", RawCall.OLLAMA_GENERATE_STREAM, ok(null, "the context is full"), ErrorKind.MALFORMED_RESPONSE),
                failure("the done reason error", RawCall.OLLAMA_CHAT_STREAM,
                        ok(LINES, lines(OLLAMA_HEL, line("", "true,\"done_reason\":\"error\""))),
                        ErrorKind.GENERATION_FAILED, "after 'Hel'"));
    }

    /** Answers that are complete with their finish reason. */
    private static List<RawAnswer> withoutDone() {
        String usage = "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}";
        return List.of(
                answer("no [DONE]", RawCall.OPENAI_CHAT_STREAM, untilClose(EVENTS, events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP)),
                        HELLO, "reason 'stop'"),
                answer("no [DONE] after the usage", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP, usage)),
                        HELLO, "prompt=7", "reason 'stop'"),
                answer("no line end", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP).strip()),
                        HELLO, "reason 'stop'"),
                answer("[DONE] in quotes", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP, usage, "\"[DONE]\"")), HELLO, "prompt=7"),
                answer("[done] with blanks", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP, " \t[done] ")), HELLO, "reason 'stop'"),
                answer("completions without [DONE]", RawCall.OPENAI_GENERATE_STREAM,
                        ok(EVENTS, events("{\"choices\":[{\"text\":\"Hello\",\"finish_reason\":\"length\"}]}")), HELLO, "reason 'length'"));
    }

    /** Answers whose framing is not the one that their content type names. */
    private static List<RawAnswer> framings() {
        String events = events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP, DONE);
        String lines = lines(OLLAMA_HEL, OLLAMA_LO);
        String document = whole("Hello", "\"stop\"");
        return List.of(
                answer("events labelled as text", RawCall.OPENAI_CHAT_STREAM, ok("text/plain; charset=utf-8", events), HELLO),
                answer("events labelled as JSON", RawCall.OPENAI_CHAT_STREAM, ok(JSON, events), HELLO),
                answer("events without a label", RawCall.OPENAI_CHAT_STREAM, untilClose(null, "\n: hi\n\n" + events), HELLO),
                answer("lines without a label", RawCall.OLLAMA_CHAT_STREAM, ok(null, lines), HELLO),
                answer("lines labelled as JSON", RawCall.OLLAMA_CHAT_STREAM, ok(JSON, lines), HELLO),
                answer("lines labelled as events", RawCall.OLLAMA_CHAT_STREAM, ok(EVENTS, lines), HELLO),
                answer("events in Ollama's API", RawCall.OLLAMA_CHAT_STREAM, ok(EVENTS, events(OLLAMA_HEL, OLLAMA_LO)), HELLO),
                answer("lines in OpenAI's API", RawCall.OPENAI_CHAT_STREAM, ok(LINES, lines(OPENAI_HEL, OPENAI_LO, OPENAI_STOP)), HELLO),
                answer("a document", RawCall.OPENAI_CHAT_STREAM, ok(JSON, document), HELLO, "reason 'stop'"),
                answer("a document in several lines", RawCall.OPENAI_CHAT_STREAM, ok(JSON, document.replace(",", ",\n  ") + "\n"),
                        HELLO, "reason 'stop'"),
                answer("a document and [DONE]", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, document + "\n\n" + events(DONE)), HELLO),
                answer("a document in an event", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(document, DONE)), HELLO),
                answer("events although a document was requested", RawCall.OPENAI_CHAT, ok(EVENTS, events), HELLO, "reason 'stop'"),
                answer("unlabelled events although a document was requested", RawCall.OPENAI_CHAT, ok(null, events), HELLO),
                answer("lines although a document was requested", RawCall.OLLAMA_CHAT, ok(LINES, lines), HELLO, "reason 'stop'"),
                answer("unlabelled lines although a document was requested", RawCall.OLLAMA_CHAT, ok(null, lines), HELLO),
                answer("a document and [DONE] although a document was requested", RawCall.OPENAI_CHAT,
                        ok(EVENTS, document + "\n\n" + events(DONE)), HELLO),
                failure("cut events although a document was requested", RawCall.OPENAI_CHAT, ok(EVENTS, events(OPENAI_HEL)),
                        ErrorKind.TRUNCATED_RESPONSE, "after 'Hel'").throughGateway("after ''", "before it was complete"),
                failure("cut lines although a document was requested", RawCall.OLLAMA_CHAT, ok(JSON, lines(OLLAMA_HEL, OLLAMA_HEL)),
                        ErrorKind.TRUNCATED_RESPONSE, "after 'HelHel'").throughGateway("after ''", "before it was complete"));
    }

    /** An error that says nothing is none next to an answer. */
    private static List<RawAnswer> falsyErrors() {
        return Stream.of("\"\"", "false", "null", "{}", "0", "[]").flatMap(error -> Stream.of(
                answer("the error " + error, RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(withError(OPENAI_HEL, error), withError(OPENAI_LO, error), withError(OPENAI_STOP, error), DONE)),
                        HELLO),
                answer("the error " + error, RawCall.OPENAI_CHAT, ok(JSON, withError(whole("Hello", "\"stop\""), error)), HELLO),
                answer("the error " + error, RawCall.OLLAMA_CHAT_STREAM,
                        ok(LINES, lines(withError(OLLAMA_HEL, error), withError(OLLAMA_LO, error))), HELLO))).toList();
    }

    /** Models that a server does not have, in words other than those of Ollama. */
    private static List<RawAnswer> missingModels() {
        byte[] german = "{\"error\":{\"message\":\"Modell unbekannt\",\"type\":\"NotFoundError\",\"code\":404}}".getBytes(UTF_8);
        byte[] named = "{\"error\":\"'m' ist nicht da\"}".getBytes(UTF_8);
        byte[] code = "{\"error\":{\"message\":\"?\",\"code\":\"model_not_found\"}}".getBytes(UTF_8);
        return List.of(
                failure("an unknown model in German", RawCall.OPENAI_CHAT, response("404 Not Found", JSON, german),
                        ErrorKind.MODEL_NOT_FOUND, "MODEL_NOT_FOUND", "Modell unbekannt"),
                failure("an unknown model in German", RawCall.OLLAMA_CHAT_STREAM, response("404 Not Found", JSON, named),
                        ErrorKind.MODEL_NOT_FOUND, "MODEL_NOT_FOUND", "ist nicht da"),
                failure("an unknown model with status 400", RawCall.OPENAI_CHAT_STREAM, response("400 Bad Request", JSON, code),
                        ErrorKind.MODEL_NOT_FOUND, "MODEL_NOT_FOUND"));
    }

    private static String withError(String json, String error) {
        return json.substring(0, json.length() - 1) + ",\"error\":" + error + "}";
    }

    /** Returns an answer to a conversation in OpenAI's dialect with events that end in a failure with some words. */
    private static RawAnswer failed(String name, String events) {
        return failure(name, RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events), ErrorKind.GENERATION_FAILED, "the context is full");
    }

    private static List<RawAnswer> plain() {
        return List.of(
                answer("events", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(OPENAI_HEL, OPENAI_LO, OPENAI_STOP, DONE)),
                        HELLO, "reason 'stop'"),
                answer("lines", RawCall.OLLAMA_CHAT_STREAM, ok(LINES, lines(OLLAMA_HEL, OLLAMA_LO)), HELLO, "reason 'stop'"),
                answer("a document", RawCall.OLLAMA_CHAT, ok(JSON, line("Hello", "true,\"done_reason\":\"stop\"")),
                        HELLO, "reason 'stop'"),
                failure("cut lines", RawCall.OLLAMA_CHAT_STREAM, ok(LINES, lines(OLLAMA_HEL)),
                        ErrorKind.TRUNCATED_RESPONSE, "after 'Hel'"));
    }

    /** Returns a whole conversation in OpenAI's dialect. */
    private static String whole(String content, String finishReason) {
        return "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"finish_reason\":" + finishReason + "}]}";
    }

    /** Returns a piece of a conversation in OpenAI's dialect. */
    private static String delta(String delta, String finishReason) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finishReason + "}]}";
    }

    /** Returns a line of a conversation in Ollama's dialect. */
    private static String line(String content, String done) {
        return "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"done\":" + done + "}";
    }
}
