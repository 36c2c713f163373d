package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.PromptContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One line of a completion, or the whole answer: they have the same fields. */
final class OllamaGenerateParser implements OllamaResponseParser<GenerateChunk> {

    static final String WHAT = "the answer to a generate request";

    private final OllamaResponseFields common;
    private final ToolCallList toolCalls = new ToolCallList();
    private String text = "";
    private @Nullable String thinking;
    private @Nullable PromptContext context;

    /** Creates an answer, or a line of one, that will probably name the given model. */
    OllamaGenerateParser(String likelyModel) {
        this.common = new OllamaResponseFields(likelyModel);
    }

    static OllamaGenerateParser read(byte[] json) {
        return JsonReader.read(WHAT, json, new OllamaGenerateParser(""));
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "response" -> text = value.text();
            case "thinking" -> thinking = value.textOrNull();
            case "tool_calls" -> value.array(toolCalls);
            case "context" -> context = value.isNull() ? null : PromptContext.of(value.ints());
            default -> common.accept(name, value);
        }
    }

    @Override
    public GenerateChunk chunk() {
        return chunk(common.completion());
    }

    @Override
    public GenerateChunk onlyChunk() {
        return chunk(common.requireCompletion(text));
    }

    @Override
    public String model() {
        return common.model();
    }

    @Override
    public boolean isLast() {
        return common.isLast();
    }

    GenerateResponse response() {
        Completion completion = common.requireCompletion(text);
        return new GenerateResponse(common.model(), common.createdAt(), output(), common.logprobs(), completion);
    }

    private GenerateChunk chunk(@Nullable Completion completion) {
        return new GenerateChunk(common.model(), common.createdAt(), output(), common.logprobs(), completion);
    }

    private GenerateOutput output() {
        return new GenerateOutput(text, thinking, toolCalls.calls(), context);
    }
}
