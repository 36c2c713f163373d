package dev.paddock.soak;

import dev.paddock.soak.ServerAttemptLog.Attempt;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model server on its worst day, which remembers what it did. Thread-safe. */
final class SoakServer implements AutoCloseable {

    private static final Pattern CALL = Pattern.compile("call-(\\d+)");


    private final SoakPlan plan;
    private final ServerAttemptLog ledger = new ServerAttemptLog();
    private final ScriptedServer server = ScriptedServer.start(this::serve);

    SoakServer(SoakPlan plan) {
        this.plan = plan;
    }

    String baseUrl() {
        return server.baseUrl();
    }

    ServerAttemptLog ledger() {
        return ledger;
    }

    int openConnections() {
        return server.open();
    }

    int acceptedConnections() {
        return server.accepted();
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(ScriptedConnection connection) throws IOException {
        while (connection.awaitRequest()) {
            if (plan.closesOnFirstRequest(connection.number())) {
                connection.reset();
                return;
            }
            ReceivedRequest request = connection.readRequest();
            int call = callOf(request);
            Attempt attempt = ledger.received(call, plan);
            Reply reply = new Reply(connection, attempt, plan.work(call), Answers.frames(call, plan.work(call)));
            if (!reply.play()) {
                return;
            }
        }
    }

    private static int callOf(ReceivedRequest request) {
        Matcher matcher = CALL.matcher(request.body());
        if (!matcher.find()) {
            throw new IllegalStateException("a request of no call: " + request.requestLine());
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** One answer, or what there is instead of it. */
    private final class Reply {

        private final ScriptedConnection connection;
        private final Attempt attempt;
        private final CallKind work;
        private final List<String> frames;

        private Reply(ScriptedConnection connection, Attempt attempt, CallKind work, List<String> frames) {
            this.connection = connection;
            this.attempt = attempt;
            this.work = work;
            this.frames = frames;
        }

        /** Returns whether the connection goes on. */
        private boolean play() throws IOException {
            return switch (attempt.fault()) {
                case NONE -> answer("");
                case ANNOUNCED_CLOSE -> {
                    answer("Connection: close\r\n");
                    yield false;
                }
                case SILENT_CLOSE -> {
                    answer("");
                    yield false;
                }
                case UNLABELLED -> send(Answers.NO_TYPE, frames);
                case ODD_FIELDS -> send(Answers.type(work), frames.stream().map(Answers::withOddFields).toList());
                case HEARTBEATS -> send(Answers.type(work), work.isStreamed() ? Answers.withHeartbeats(frames) : frames);
                case COMPRESSED -> compressed();
                case DRIP -> drip();
                case CLOSE_WITHOUT_ANSWER -> false;
                case RESET_WITHOUT_ANSWER -> reset();
                case GARBAGE -> send("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                case BREAK_IN_HEAD -> send("HTTP/1.1 200 OK\r\nContent-Ty");
                case STALL_BEFORE_HEAD -> stall();
                case BUSY -> refuse("503 Service Unavailable", "server busy, please try again");
                case TOO_MANY_REQUESTS -> refuse("429 Too Many Requests", "too many requests");
                case SERVER_ERROR -> refuse("500 Internal Server Error", "the runner has terminated");
                case BAD_GATEWAY -> refuse("502 Bad Gateway", "bad gateway");
                case TRUNCATED_BODY, RESET_IN_BODY, BROKEN_CHUNK, STALL_IN_BODY, ERROR_IN_BODY, NO_LAST_FRAME,
                        BROKEN_JSON, FOREIGN_ERROR -> breakOff();
            };
        }

        private boolean answer(String fields) throws IOException {
            return send(Answers.type(work) + fields, frames);
        }

        private boolean send(String type, List<String> body) throws IOException {
            attempt.answering();
            if (!work.isStreamed()) {
                connection.send("HTTP/1.1 200 OK\r\n" + type + "Content-Length: " + body.getFirst().length() + "\r\n\r\n"
                        + body.getFirst());
                return true;
            }
            connection.send("HTTP/1.1 200 OK\r\n" + type + "Transfer-Encoding: chunked\r\n\r\n");
            for (String frame : body) {
                connection.sendChunk(frame);
            }
            connection.sendLastChunk();
            return true;
        }

        private boolean compressed() throws IOException {
            attempt.answering();
            byte[] body = Answers.compressed(frames);
            connection.send("HTTP/1.1 200 OK\r\n" + Answers.type(work) + "Content-Encoding: gzip\r\nContent-Length: " + body.length
                    + "\r\n\r\n");
            connection.send(body);
            return true;
        }

        private boolean drip() throws IOException {
            attempt.answering();
            if (!work.isStreamed()) {
                for (byte each : document("", frames.getFirst()).getBytes(StandardCharsets.UTF_8)) {
                    connection.send(new byte[] {each});
                }
                return true;
            }
            head("");
            for (byte each : String.join("", frames).getBytes(StandardCharsets.UTF_8)) {
                connection.sendChunk(new byte[] {each});
            }
            connection.sendLastChunk();
            return true;
        }

        private boolean breakOff() throws IOException {
            if (!work.isStreamed()) {
                return breakOffDocument();
            }
            head("");
            int sent = frames.size() / 2;
            for (String frame : frames.subList(0, sent)) {
                connection.sendChunk(frame);
            }
            return switch (attempt.fault()) {
                case RESET_IN_BODY -> reset();
                case STALL_IN_BODY -> stall();
                case BROKEN_CHUNK -> send("xyz\r\n");
                case ERROR_IN_BODY -> {
                    connection.sendChunk("{\"error\":\"an error was encountered while running the model\"}\n");
                    connection.sendLastChunk();
                    yield true;
                }
                case FOREIGN_ERROR -> {
                    connection.sendChunk(Answers.FOREIGN_ERROR + "\n");
                    connection.sendLastChunk();
                    yield true;
                }
                case NO_LAST_FRAME -> {
                    connection.sendLastChunk();
                    yield true;
                }
                case BROKEN_JSON -> {
                    connection.sendChunk("{\"model\":\"m\",\"mess\n");
                    connection.sendLastChunk();
                    yield true;
                }
                default -> false;
            };
        }

        private boolean breakOffDocument() throws IOException {
            String document = document("", frames.getFirst());
            String half = document.substring(0, document.length() - 5);
            return switch (attempt.fault()) {
                case RESET_IN_BODY -> {
                    connection.send(half);
                    yield reset();
                }
                case STALL_IN_BODY -> {
                    connection.send(half);
                    yield stall();
                }
                case BROKEN_CHUNK -> send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}");
                case FOREIGN_ERROR -> {
                    connection.send(document("", Answers.FOREIGN_ERROR));
                    yield true;
                }
                case BROKEN_JSON, ERROR_IN_BODY, NO_LAST_FRAME -> {
                    connection.send(document("", "{\"model\":\"m\",\"mess"));
                    yield true;
                }
                default -> send(half);
            };
        }

        private void head(String fields) throws IOException {
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: " + Answers.LINES + "\r\n" + fields
                    + "Transfer-Encoding: chunked\r\n\r\n");
        }

        private static String document(String fields, String body) {
            return "HTTP/1.1 200 OK\r\nContent-Type: " + Answers.DOCUMENT + "\r\n" + fields + "Content-Length: "
                    + body.length() + "\r\n\r\n" + body;
        }

        private boolean refuse(String status, String error) throws IOException {
            connection.sendResponse(status, Answers.DOCUMENT, "{\"error\":\"" + error + "\"}");
            return true;
        }

        private boolean send(String text) throws IOException {
            connection.send(text);
            return false;
        }

        private boolean reset() throws IOException {
            connection.reset();
            return false;
        }

        /** Sends nothing until the client disconnects. */
        private boolean stall() {
            connection.awaitDisconnect();
            return false;
        }
    }
}
