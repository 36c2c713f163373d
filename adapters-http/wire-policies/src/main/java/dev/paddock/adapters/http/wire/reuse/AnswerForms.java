package dev.paddock.adapters.http.wire.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.adapters.http.wire.document.DocumentAssembler;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.RecordedAnswer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded answers as far as their reuse needs it: whether they are complete, what they cost, and their other form. An answer in the
 * form in which it was recorded is never changed. Thread-safe.
 */
public final class AnswerForms {

    /** Longer streams have a text, so their frames need not be parsed to know that. */
    private static final int SHORT_STREAM = 3;

    private AnswerForms() {}

    /**
     * Returns the tokens of an answer as the server counted them, or null when the answer is not complete or says nothing. It is about
     * answers with the status of a success whose exchange is complete.
     *
     * @param request the request
     */
    public static @Nullable TokenUsage usageIfComplete(ExchangeRequest request, RecordedAnswer answer) {
        ReuseEndpoint endpoint = ReuseEndpoint.of(request.target());
        if (endpoint == null || !endpoint.isEmbedding()) {
            return usageIfComplete(request.target(), answer);
        }
        try {
            boolean isSound = answer.framing() == Framing.DOCUMENT
                    && !answer.frames().isEmpty()
                    && EmbeddingCheck.isSound(endpoint, request, answer.body());
            return isSound ? UsageFields.inVectors(answer.body()) : null;
        } catch (IOException | LlmException notComplete) {
            return null;
        }
    }

    /** The same of an answer with a text, which can be examined when only the target of its request is known. */
    public static @Nullable TokenUsage usageIfComplete(String target, RecordedAnswer answer) {
        ReuseEndpoint endpoint = ReuseEndpoint.of(target);
        StreamForm form = endpoint == null ? null : endpoint.form();
        if (form == null || answer.frames().isEmpty()) {
            return null;
        }
        try {
            return answer.framing() == Framing.DOCUMENT ? usageIfComplete(form, answer.body()) : usageOfStream(form, answer);
        } catch (IOException | LlmException notComplete) {
            return null;
        }
    }

    private static @Nullable TokenUsage usageIfComplete(StreamForm form, byte[] document) throws IOException {
        Map<String, @Nullable Object> fields = CanonicalJson.readObject(document);
        return form.isComplete(fields) ? UsageFields.in(List.of(fields)) : null;
    }

    private static @Nullable TokenUsage usageOfStream(StreamForm form, RecordedAnswer answer) throws IOException {
        List<Frame> ends = ends(answer.frames());
        boolean hasEnd = !ends.isEmpty() && ends.getLast().isTerminal();
        if (!hasEnd || (ends.size() <= SHORT_STREAM && !form.isComplete(CanonicalJson.readObject(joined(form, answer))))) {
            return null;
        }
        try {
            return UsageFields.in(pieces(ends));
        } catch (IOException notJson) {
            return TokenUsage.UNKNOWN;
        }
    }

    /** Returns the first frame with content and the last ones, which have all counts. */
    private static List<Frame> ends(List<Frame> frames) {
        Deque<Frame> ends = new ArrayDeque<>(SHORT_STREAM + 1);
        int first = 0;
        while (first < frames.size() && !frames.get(first).hasContent()) {
            first++;
        }
        for (int index = frames.size() - 1; index > first && ends.size() < SHORT_STREAM; index--) {
            if (frames.get(index).hasContent()) {
                ends.addFirst(frames.get(index));
            }
        }
        if (first < frames.size()) {
            ends.addFirst(frames.get(first));
        }
        return List.copyOf(ends);
    }

    /**
     * Returns an answer in the form that a request asks for, or null when that cannot be made of it.
     *
     * @param target the target of the request
     * @param answer the answer
     * @param recorded the form that the recorded request asked for
     * @param wanted the form that this request asks for
     */
    public static @Nullable RecordedAnswer inShape(String target, RecordedAnswer answer, AnswerShape recorded, AnswerShape wanted) {
        ReuseEndpoint endpoint = ReuseEndpoint.of(target);
        StreamForm form = endpoint == null ? null : endpoint.form();
        if (recorded == wanted || form == null) {
            return answer;
        }
        try {
            if (answer.framing() != Framing.DOCUMENT) {
                return wanted == AnswerShape.WHOLE ? whole(form, answer) : otherStream(form, answer, wanted);
            }
            return wanted == AnswerShape.WHOLE ? answer : stream(form, answer, wanted == AnswerShape.STREAM_WITH_USAGE);
        } catch (IOException | LlmException notJoinable) {
            return null;
        }
    }

    /**
     * Returns the text of an answer, or null when it is not one text.
     *
     * @param target the target of the request
     */
    public static @Nullable String onlyText(String target, RecordedAnswer answer) {
        ReuseEndpoint endpoint = ReuseEndpoint.of(target);
        StreamForm form = endpoint == null ? null : endpoint.form();
        if (form == null) {
            return null;
        }
        try {
            boolean isDocument = answer.framing() == Framing.DOCUMENT;
            return form.onlyText(CanonicalJson.readObject(isDocument ? answer.body() : joined(form, answer)));
        } catch (IOException | LlmException notJoinable) {
            return null;
        }
    }

    private static @Nullable RecordedAnswer whole(StreamForm form, RecordedAnswer answer) throws IOException {
        boolean tellsAll = !(form instanceof OpenAiForm) || !UsageFields.in(pieces(content(answer))).equals(TokenUsage.UNKNOWN);
        if (!tellsAll) {
            return null; // a whole answer has the counts of tokens
        }
        String type = form instanceof NativeForm ? "application/json; charset=utf-8" : "application/json";
        return new RecordedAnswer(
                withType(answer.headers(), type), Framing.DOCUMENT, List.of(Frame.data(joined(form, answer))));
    }

    private static byte[] joined(StreamForm form, RecordedAnswer answer) {
        DocumentAssembler assembler = new DocumentAssembler(form.document(), "the server", answer.length());
        for (Frame frame : answer.frames()) {
            if (assembler.add(frame)) {
                break;
            }
        }
        return assembler.document();
    }

    private static @Nullable RecordedAnswer stream(StreamForm form, RecordedAnswer answer, boolean withUsage) throws IOException {
        List<Map<String, @Nullable Object>> pieces = form.divide(CanonicalJson.readObject(answer.body()), withUsage);
        if (pieces.isEmpty()) {
            return null;
        }
        boolean isNative = form instanceof NativeForm;
        List<Frame> frames = new ArrayList<>();
        for (Map<String, @Nullable Object> piece : pieces) {
            String json = PlainJson.toText(piece);
            frames.add(isNative ? frame(json + "\n", 1) : event(form.eventName(piece), json));
        }
        String end = form.end();
        if (end != null) {
            frames.add(event(null, end));
        }
        frames.add(frames.removeLast().asTerminal());
        String type = isNative ? "application/x-ndjson" : "text/event-stream";
        return new RecordedAnswer(withType(answer.headers(), type), isNative ? Framing.LINES : Framing.EVENTS, frames);
    }

    /** Returns a stream with or without the piece that has the counts of tokens. */
    private static @Nullable RecordedAnswer otherStream(StreamForm form, RecordedAnswer answer, AnswerShape wanted) throws IOException {
        List<Frame> frames = new ArrayList<>();
        boolean hasUsage = false;
        for (Frame frame : answer.frames()) {
            boolean isUsage = frame.hasContent() && !frame.isTerminal() && isUsageOnly(form, frame);
            hasUsage |= isUsage;
            if (!isUsage || wanted == AnswerShape.STREAM_WITH_USAGE) {
                frames.add(frame);
            }
        }
        boolean isMissing = wanted == AnswerShape.STREAM_WITH_USAGE && !hasUsage && form instanceof OpenAiForm;
        return isMissing ? null : new RecordedAnswer(answer.headers(), answer.framing(), frames);
    }

    private static boolean isUsageOnly(StreamForm form, Frame frame) throws IOException {
        return pieces(List.of(frame)).stream().anyMatch(form::isUsageOnly);
    }

    private static List<Frame> content(RecordedAnswer answer) {
        return answer.frames().stream().filter(Frame::hasContent).toList();
    }

    /** Returns the objects in the frames of a stream; the text that only ends it is left out. */
    private static List<Map<String, @Nullable Object>> pieces(List<Frame> frames) throws IOException {
        List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
        for (Frame frame : frames) {
            SseEvent event = SseEvent.parse(frame);
            if (event.dataLength() > 0 && !event.isDone()) {
                pieces.add(CanonicalJson.readObject(event.data()));
            }
        }
        if (pieces.isEmpty() && !frames.getLast().isTerminal()) {
            throw new IOException("no piece of an answer");
        }
        return pieces;
    }

    private static Frame event(@Nullable String name, String data) {
        return frame((name == null ? "" : "event: " + name + "\n") + "data: " + data + "\n\n", 2);
    }

    private static Frame frame(String text, int lineEnds) {
        byte[] bytes = text.getBytes(UTF_8);
        return Frame.data(bytes, 0, bytes.length - lineEnds);
    }

    private static Headers withType(Headers headers, String type) {
        return headers.without("Content-Type").with("Content-Type", type);
    }
}
