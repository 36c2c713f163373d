package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.GENERATION_FAILED;
import static dev.paddock.domain.error.ErrorKind.TRUNCATED_RESPONSE;
import static dev.paddock.e2e.fault.Answers.chunk;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeeds;

import java.util.List;
import java.util.function.UnaryOperator;

/** Faults and peculiarities of streams of events, as servers with OpenAI's API send them. */
class EventFaultIT extends FaultTable {

    private static final String FINISH = "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final FaultyResponse LAST_CHUNK = Answers.bytes("0\r\n\r\n");

    @Override
    List<Fault> faults() {
        return List.of(
                fine("sends comments and fields of its own", events -> ": ping\n\nretry: 10\nid: 1\n" + events),
                fine("leaves out the space behind the colon", events -> events.replace("data: ", "data:")),
                fine("spreads its data over several lines",
                        events -> events.replace(",\"choices\"", ",\ndata: \"choices\"")),
                fine("begins with a byte order mark", events -> "\ufeff" + events),
                fine("ends lines by CR LF", events -> events.replace("\n", "\r\n")),
                fine("ends lines by CR", events -> events.replace('\n', '\r')),
                fine("ends without [DONE]", events -> events.replace(DONE, "")),
                Fault.of("S06", "ends without a finish reason", FaultyServer.answer(
                                events(events -> events.replace(FINISH, "").replace(DONE, "")).then(LAST_CHUNK)))
                        .with("paddock.dialect", "openai")
                        .streaming(fails(TRUNCATED_RESPONSE).after("Hello").keepingTheConnection()),
                broken("S06", "ends with [DONE], but without a finish reason", events(events -> events.replace(FINISH, ""))
                                .then(LAST_CHUNK))
                        .streaming(fails(TRUNCATED_RESPONSE).after("Hello")),
                broken("S05", "sends an error after the text", events(events -> events.replace(
                                DONE, "data: {\"error\":{\"message\":\"out of memory\"}}\n\n")).then(LAST_CHUNK))
                        .streaming(fails(GENERATION_FAILED).after("Hello")),
                broken("S02", "resets after the text", events(events -> events.replace(DONE, "")).then(Answers.reset()))
                        .streaming(fails(CONNECTION_LOST).after("Hello")));
    }

    private static Fault fine(String what, UnaryOperator<String> change) {
        return Fault.of("S09", what, FaultyServer.answer(events(change).then(LAST_CHUNK)))
                .with("paddock.dialect", "openai")
                .streaming(succeeds());
    }

    private static Fault broken(String id, String what, FaultyResponse answer) {
        return Fault.of(id, what, FaultyServer.lastAnswer(answer)).with("paddock.dialect", "openai");
    }

    /** The events of a healthy server after a change, in one chunk; the last chunk is still to come. */
    private static FaultyResponse events(UnaryOperator<String> change) {
        return (connection, call) -> {
            connection.sendChunkedHead("text/event-stream");
            connection.send(chunk(change.apply(event(call, "Hel") + event(call, "lo") + FINISH + DONE)));
        };
    }

    private static String event(Call call, String text) {
        String content = call == Call.CHAT_STREAM
                ? "\"delta\":{\"content\":\"" + text + "\"}"
                : "\"text\":\"" + text + "\"";
        return "data: {\"model\":\"m\",\"choices\":[{\"index\":0," + content + "}]}\n\n";
    }
}
