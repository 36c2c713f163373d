package dev.paddock.test;

import dev.paddock.adapters.http.sim.recording.RecordedRequest.HeaderField;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.adapters.http.sim.script.ReceivedMessage;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Typed requests as a stub sees them. */
final class FakeCalls {

    private static final int DIMENSIONS = 16;

    private FakeCalls() {}

    static ReceivedCall of(ChatRequest request, boolean streamed, CallContext context) {
        List<ReceivedMessage> messages = request.messages().stream().map(FakeCalls::message).toList();
        List<String> tools = request.tools().stream().map(Tool::name).toList();
        return received(Kind.CHAT, request.model(), streamed, messages, tools, context);
    }

    private static ReceivedMessage message(Message message) {
        Message.ToolResult result = message.toolResult();
        return new ReceivedMessage(message.role().label(), message.content(), result == null ? "" : result.toolName());
    }

    static ReceivedCall of(GenerateRequest request, boolean streamed, CallContext context) {
        List<ReceivedMessage> messages = new ArrayList<>();
        String system = request.promptSettings().system();
        if (system != null && !system.isEmpty()) {
            messages.add(new ReceivedMessage("system", system));
        }
        messages.add(new ReceivedMessage("user", request.prompt()));
        return received(Kind.COMPLETION, request.model(), streamed, messages, List.of(), context);
    }

    static ReceivedCall of(EmbedRequest request, CallContext context) {
        List<ReceivedMessage> messages = request.input().stream().map(text -> new ReceivedMessage("input", text)).toList();
        return received(Kind.EMBEDDING, request.model(), false, messages, List.of(), context);
    }

    private static ReceivedCall received(
            Kind kind, ModelName model, boolean streamed, List<ReceivedMessage> messages, List<String> tools, CallContext context) {
        Headers extra = context.get(CallAttributes.EXTRA_HEADERS);
        List<HeaderField> headers = extra == null
                ? List.of()
                : extra.fields().stream().map(field -> new HeaderField(field.name(), field.value())).toList();
        return new ReceivedCall(kind, "", model.value(), streamed, messages, tools, headers);
    }

    /** Returns a vector of length one that depends on nothing but the text. */
    static float[] vectorOf(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[DIMENSIONS];
        double sum = 0;
        for (int index = 0; index < vector.length; index++) {
            vector[index] = (float) random.nextGaussian();
            sum += (double) vector[index] * vector[index];
        }
        for (int index = 0; index < vector.length; index++) {
            vector[index] = (float) (vector[index] / Math.sqrt(sum));
        }
        return vector;
    }

    /** Returns how many words a text has, at least one: about what a server counts. */
    static int tokens(String text) {
        return text.isBlank() ? 1 : text.strip().split("\\s+").length;
    }
}
