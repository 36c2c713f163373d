package dev.paddock.e2e;

import static dev.paddock.e2e.RawAnswer.answer;
import static dev.paddock.e2e.RawAnswer.events;
import static dev.paddock.e2e.RawAnswer.failure;
import static dev.paddock.e2e.RawAnswer.lines;
import static dev.paddock.e2e.RawAnswer.ok;
import static dev.paddock.e2e.RawAnswer.response;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The responses of {@link AnswersAsServersSendThemIT} whose fields, texts or codings are unusual. */
final class UnusualFields {

    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";
    private static final String STOP = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String DONE = "[DONE]";
    private static final String HELLO = "text 'Hello'";

    private UnusualFields() {}

    static Stream<RawAnswer> all() {
        return Stream.of(metadata(), toolCalls(), contents(), vectors(), codings(), texts(), refusals()).flatMap(List::stream);
    }

    /** Fields that no caller needs: of another type, out of range, or in another notation. */
    private static List<RawAnswer> metadata() {
        Stream<RawAnswer> openAi = Stream.of(
                        "\"created\":1.5e300", "\"created\":\"yesterday\"", "\"created\":[]", "\"model\":7", "\"id\":{}",
                        "\"usage\":{\"prompt_tokens\":\"7\",\"completion_tokens\":99999999999}", "\"usage\":[1]", "\"usage\":\"none\"",
                        "\"service_tier\":{\"a\":[null]}")
                .map(field -> answer(field, RawCall.OPENAI_CHAT, ok(JSON, whole("{\"content\":\"Hello\"}", field)), HELLO, "reason 'stop'"));
        Stream<RawAnswer> ollama = Stream.of(
                        "\"created_at\":1732600000", "\"created_at\":\"2026-01-01 00:00\"", "\"created_at\":{}", "\"total_duration\":\"5ms\"",
                        "\"load_duration\":-1", "\"eval_count\":1e40", "\"prompt_eval_count\":\"two\"", "\"done_reason\":null",
                        "\"logprobs\":[{\"token\":\"a\",\"logprob\":-Infinity}]", "\"logprobs\":false")
                .map(field -> answer(field, RawCall.OLLAMA_CHAT_STREAM,
                        ok(LINES, "{" + field + ",\"message\":{\"content\":\"Hello\"},\"done\":true}\n"), HELLO));
        Stream<RawAnswer> roles = Stream.of("\"model\"", "\"ai\"", "\"Assistant\"", "3", "null").map(role -> answer("the role " + role,
                RawCall.OPENAI_CHAT_STREAM,
                ok(EVENTS, events(delta("{\"role\":" + role + ",\"content\":\"Hello\"}"), STOP, DONE)), HELLO));
        Stream<RawAnswer> heartbeats = Stream.of("null", "\"\"", "0", "[]", "true", "").map(beat -> answer("the heartbeat " + beat,
                RawCall.OPENAI_CHAT_STREAM,
                ok(EVENTS, "data: " + beat + "\n\n" + events(delta("{\"content\":\"Hello\"}"), STOP, DONE)), HELLO));
        return Stream.of(openAi, ollama, roles, heartbeats).flatMap(rows -> rows).toList();
    }

    private static List<RawAnswer> toolCalls() {
        return List.of(
                answer("another id in each piece", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(
                        call("0", "\"x1\"", "\"weather\"", "{"), call("0", "\"x2\"", null, "\\\"at\\\":"), call("0", "\"x3\"", null, "1}"),
                        STOP, DONE)), "weather", "at=1"),
                answer("a new name on the same index", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(
                        call("0", "\"x1\"", "\"weather\"", "{}"), call("0", "\"x2\"", "\"time\"", "{\\\"at\\\":2}"), STOP, DONE)),
                        "weather", "time", "at=2"),
                answer("no ids, two indexes", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(
                        call("0", "null", "\"weather\"", "{\\\"at\\\":1"), call("1", "null", "\"time\"", "{\\\"at\\\":"),
                        call("0", "null", null, "}"), call("1", "null", null, "2}"), STOP, DONE)), "at=1", "at=2"),
                answer("cut by the length", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(
                        delta("{\"content\":\"Hello\"}"), call("0", "\"x\"", "\"weather\"", "{\\\"at\\\": \\\"Ham"),
                        STOP.replace("stop", "length"), DONE)), HELLO, "reason 'length'", "weather"),
                answer("arguments as an object", RawCall.OPENAI_CHAT, ok(JSON, whole(
                        "{\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":{\"at\":1}}}]}",
                        "\"id\":\"c\"")), "weather", "at=1"),
                answer("arguments as a text", RawCall.OLLAMA_CHAT_STREAM, ok(LINES,
                        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"at\\\":1}\"}}]},\"done\":true}\n"),
                        "weather", "at=1"));
    }

    private static List<RawAnswer> contents() {
        return List.of(
                answer("parts", RawCall.OPENAI_CHAT, ok(JSON, whole("{\"content\":[{\"type\":\"thinking\",\"thinking\":\"mull\"},"
                        + "{\"type\":\"text\",\"text\":\"Hel\"},{\"type\":\"output_text\",\"text\":\"lo\"}]}", "\"id\":\"c\"")),
                        HELLO, "thinking 'mull'"),
                answer("parts in a stream", RawCall.OPENAI_CHAT_STREAM, ok(EVENTS, events(
                        delta("{\"content\":[{\"type\":\"text\",\"text\":\"Hel\"}]}"), delta("{\"content\":\"lo\"}"), STOP, DONE)), HELLO),
                answer("a refusal", RawCall.OPENAI_CHAT, ok(JSON, whole("{\"content\":null,\"refusal\":\"I may not\"}", "\"id\":\"c\"")),
                        "I may not"),
                answer("a bare list of models", RawCall.OPENAI_MODELS, ok(JSON, "[{\"id\":\"alpha\"},{\"id\":\"beta\"}]"), "alpha", "beta"),
                answer("a bare list of models", RawCall.OLLAMA_MODELS,
                        ok(JSON, "[{\"name\":\"alpha\",\"size\":\"big\",\"modified_at\":7}]"), "alpha"));
    }

    private static List<RawAnswer> vectors() {
        String base64 = "AADAfw=="; // one NaN of 32 bits
        return Stream.of(
                        row("an empty vector", RawCall.OLLAMA_EMBED, "{\"embeddings\":[[]]}"),
                        row("no vector", RawCall.OLLAMA_EMBED, "{\"embeddings\":[]}"),
                        row("a vector with NaN", RawCall.OLLAMA_EMBED, "{\"embeddings\":[[0.5,NaN]]}"),
                        row("a vector beyond the range", RawCall.OLLAMA_EMBED, "{\"embeddings\":[[1e39]]}"),
                        row("a vector with null", RawCall.OPENAI_EMBED, "{\"data\":[{\"index\":0,\"embedding\":[0.5,null]}]}"),
                        row("base64 of NaN", RawCall.OPENAI_EMBED, "{\"data\":[{\"index\":0,\"embedding\":\"" + base64 + "\"}]}"))
                .toList();
    }

    private static RawAnswer row(String name, RawCall call, String body) {
        return failure(name, call, ok(JSON, body), ErrorKind.MALFORMED_RESPONSE);
    }

    private static List<RawAnswer> codings() {
        byte[] body = whole("{\"content\":\"Hello\"}", "\"id\":\"c\"").getBytes(UTF_8);
        byte[] events = events(delta("{\"content\":\"Hello\"}"), STOP, DONE).getBytes(UTF_8);
        return List.of(
                answer("gzip", RawCall.OPENAI_CHAT, coded("gzip", gzip(body), JSON), HELLO),
                answer("x-gzip of events", RawCall.OPENAI_CHAT_STREAM, coded("x-gzip", gzip(events), EVENTS), HELLO),
                answer("deflate", RawCall.OPENAI_CHAT, coded("deflate", deflate(body, false), JSON), HELLO),
                answer("deflate without its header", RawCall.OPENAI_CHAT_STREAM, coded("deflate", deflate(events, true), EVENTS), HELLO),
                answer("gzip and identity", RawCall.OPENAI_CHAT, coded("gzip, identity", gzip(body), JSON), HELLO),
                answer("identity and GZIP", RawCall.OPENAI_CHAT_STREAM, coded("identity,GZIP", gzip(events), EVENTS), HELLO),
                answer("identity", RawCall.OPENAI_CHAT, coded("identity", body, JSON), HELLO),
                answer("two members of gzip", RawCall.OPENAI_CHAT,
                        coded("gzip", concat(gzip(Arrays.copyOf(body, 9)), gzip(Arrays.copyOfRange(body, 9, body.length))), JSON), HELLO),
                failure("gzip twice", RawCall.OPENAI_CHAT, coded("gzip, gzip", gzip(gzip(body)), JSON),
                        ErrorKind.MALFORMED_RESPONSE, "gzip, gzip"),
                failure("zstd of events", RawCall.OPENAI_CHAT_STREAM, coded("zstd", events, EVENTS), ErrorKind.MALFORMED_RESPONSE, "zstd"),
                failure("gzip that is cut", RawCall.OPENAI_CHAT, coded("gzip", Arrays.copyOf(gzip(body), 20), JSON),
                        ErrorKind.TRUNCATED_RESPONSE),
                failure("brotli", RawCall.OPENAI_CHAT, coded("br", new byte[] {1, 2, 3}, JSON), ErrorKind.MALFORMED_RESPONSE, "br"),
                failure("what is no gzip", RawCall.OPENAI_CHAT, coded("gzip", body, JSON), ErrorKind.MALFORMED_RESPONSE, "gzip"));
    }

    /** Each invalid sequence is a replacement character. */
    private static List<RawAnswer> texts() {
        byte[] broken = events(delta("{\"content\":\"Hel\u00fflo\"}"), STOP, DONE).getBytes(ISO_8859_1);
        return List.of(
                answer("a byte that is not UTF-8", RawCall.OPENAI_CHAT_STREAM, response("200 OK", EVENTS, broken), "text 'Hel\ufffdlo'"),
                answer("half a pair", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(delta("{\"content\":\"Hel\\ud83dlo\"}"), STOP, DONE)), "text 'Hel\ufffdlo'"),
                answer("a pair in two pieces", RawCall.OPENAI_CHAT_STREAM,
                        ok(EVENTS, events(delta("{\"content\":\"Hel\\ud83d\"}"), delta("{\"content\":\"\\ude00lo\"}"), STOP, DONE)),
                        "text 'Hel\ud83d\ude00lo'"),
                answer("half a pair at the end", RawCall.OLLAMA_CHAT_STREAM,
                        ok(LINES, lines("{\"message\":{\"content\":\"Hello\\ud83d\"},\"done\":false}", "{\"message\":{},\"done\":true}")),
                        "text 'Hello\ufffd'"));
    }

    private static List<RawAnswer> refusals() {
        String quota = "{\"error\":{\"message\":\"no credit\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}";
        return List.of(
                failure("a quota that is used up", RawCall.OPENAI_CHAT, response("429 Too Many Requests", JSON, quota.getBytes(UTF_8)),
                        ErrorKind.RATE_LIMITED, "no credit"),
                failure("a fraction of a second to wait", RawCall.OPENAI_CHAT,
                        response("429 Too Many Requests", JSON + "\r\nRetry-After: 1.5", "{\"error\":\"slow down\"}".getBytes(UTF_8)),
                        ErrorKind.RATE_LIMITED, "slow down"),
                failure("two lengths", RawCall.OPENAI_CHAT, response("200 OK", JSON + "\r\nContent-Length: 3", "{}".getBytes(UTF_8)),
                        ErrorKind.MALFORMED_RESPONSE),
                failure("a field of 300 kB", RawCall.OPENAI_CHAT,
                        response("200 OK", JSON + "\r\nX-Long: " + "x".repeat(300_000), "{}".getBytes(UTF_8)),
                        ErrorKind.MALFORMED_RESPONSE));
    }

    private static byte[] coded(String coding, byte[] body, String type) {
        return response("200 OK", type + "\r\nContent-Encoding: " + coding, body);
    }

    private static byte[] gzip(byte[] body) {
        return written(body, GZIPOutputStream::new);
    }

    private static byte[] deflate(byte[] body, boolean raw) {
        return written(body, target -> new DeflaterOutputStream(target, new Deflater(Deflater.DEFAULT_COMPRESSION, raw)));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] written(byte[] body, Encoder encoder) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream encoded = encoder.over(target)) {
            encoded.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return target.toByteArray();
    }

    private static String whole(String message, String field) {
        return "{" + field + ",\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"stop\"}]}";
    }

    private static String delta(String delta) {
        return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }

    private static String call(String index, String id, @Nullable String name, String arguments) {
        String named = name == null ? "" : "\"name\":" + name + ",";
        return delta("{\"tool_calls\":[{\"index\":" + index + ",\"id\":" + id + ",\"function\":{" + named + "\"arguments\":\"" + arguments
                + "\"}}]}");
    }

    private interface Encoder {

        OutputStream over(OutputStream target) throws IOException;
    }
}
