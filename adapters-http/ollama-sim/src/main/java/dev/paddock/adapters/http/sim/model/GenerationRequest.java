package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to generate an answer.
 *
 * @param endpoint {@code chat} or {@code generate}
 * @param prompt everything the model reads, as one text
 * @param messages the texts of a conversation; empty for the completion of a prompt
 * @param empty whether there is no prompt, so that the model is only loaded or unloaded
 * @param needed the capability the model needs besides completion; null for none
 * @param tools the tools it may call; empty when it shall answer with text
 */
record GenerationRequest(
        NativeCall call, String endpoint, String prompt, List<String> messages, boolean empty, @Nullable ModelCapability needed,
        List<JsonNode> tools) {
    private static final Pattern NO_BASE64 = Pattern.compile("[^A-Za-z0-9+/].*", Pattern.DOTALL);
    private static final int BASE64_GROUP = 4;

    GenerationRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** Reads a chat: content is a string, images are base64, the arguments of tool calls are objects. */
    static GenerationRequest chat(RequestFields request) {
        List<String> prompt = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        String role = "";
        for (RequestFields message : request.objects("messages", "api.Message")) {
            role = message.text("role").toLowerCase(Locale.ROOT);
            messages.add(message.text("content"));
            prompt.add(role + ": " + messages.getLast());
            requireBase64(message);
            for (JsonNode call : message.list("tool_calls", "api.ToolCall")) {
                JsonNode arguments = call.path("function").path("arguments");
                if (!arguments.isMissingNode() && !arguments.isNull() && !arguments.isObject()) {
                    throw message.mismatch("tool_calls.function.arguments", arguments, "api.ToolCallFunctionArguments");
                }
            }
        }
        NativeCall call = NativeCall.read(request);
        List<JsonNode> tools = request.list("tools", "api.Tool");
        if (!SimulatedModelName.parse(call.model()).isValid()) {
            throw OllamaError.MODEL_REQUIRED.with();
        }
        return new GenerationRequest(call, "chat", String.join("\n", prompt), messages, messages.isEmpty(),
            tools.isEmpty() ? null : ModelCapability.TOOLS, "tool".equals(role) ? List.of() : tools);
    }

    /** Reads a request to complete a prompt. */
    static GenerationRequest generate(RequestFields request) {
        String prompt = request.text("prompt");
        String suffix = request.text("suffix");
        requireBase64(request);
        return new GenerationRequest(NativeCall.read(request), "generate", request.text("system") + prompt + suffix,
            List.of(), prompt.isEmpty(), suffix.isEmpty() ? null : ModelCapability.INSERT, List.of());
    }

    private boolean isRaw() {
        return isGenerate() && call.fields().flag("raw", false);
    }

    private boolean isGenerate() {
        return "generate".equals(endpoint);
    }

    /** Whether the last chunk carries the tokens of the conversation so far. */
    boolean wantsContext() {
        return isGenerate() && !isRaw();
    }

    /** Refuses raw mode together with its opposites, and models without the capabilities needed. */
    void requireCapabilities(InstalledModel model) {
        RequestFields fields = call.fields();
        if (isRaw() && (!fields.list("context", "int").isEmpty() || !fields.text("template").isEmpty()
                || !fields.text("system").isEmpty())) {
            throw OllamaError.WRONG_RAW.with();
        }
        boolean unused = call.thinks(model);
        if (!model.can(ModelCapability.COMPLETION)) {
            throw OllamaError.DOES_NOT_SUPPORT.with(call.model(), endpoint);
        }
        if (needed != null && !model.can(needed)) {
            throw OllamaError.FULL_NAME_DOES_NOT_SUPPORT.with(model.name().full(), needed.label());
        }
    }

    /** Refuses images that are not plain base64, as Go decodes it: a data URL fails at its colon. */
    private static void requireBase64(RequestFields fields) {
        for (JsonNode image : fields.list("images", "api.ImageData")) {
            if (!image.isTextual()) {
                throw fields.mismatch("images", image, "api.ImageData");
            }
            String text = image.textValue();
            int length = NO_BASE64.matcher(text).replaceFirst("").length();
            if (!text.substring(length).matches("={0,2}") || text.length() % BASE64_GROUP != 0) {
                throw OllamaError.WRONG_BASE64.with(String.valueOf(length));
            }
        }
    }
}
