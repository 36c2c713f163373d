package dev.paddock.e2e;

import static dev.paddock.e2e.RawAnswer.answer;
import static dev.paddock.e2e.RawAnswer.events;
import static dev.paddock.e2e.RawAnswer.failure;
import static dev.paddock.e2e.RawAnswer.lines;
import static dev.paddock.e2e.RawAnswer.ok;

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
        return Stream.of(plain()).flatMap(List::stream);
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
