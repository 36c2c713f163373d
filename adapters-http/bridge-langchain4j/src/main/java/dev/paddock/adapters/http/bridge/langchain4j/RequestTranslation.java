package dev.paddock.adapters.http.bridge.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Paddock's requests of LangChain4j's. What Paddock cannot express is refused, never left out. */
final class RequestTranslation {

    private RequestTranslation() {}

    static dev.paddock.domain.model.generation.ChatRequest of(ChatRequest request) {
        if (request.modelName() == null) {
            throw new dev.langchain4j.exception.InvalidRequestException("the request names no model");
        }
        if (request.parameters().getClass() != DefaultChatRequestParameters.class) {
            throw new UnsupportedFeatureException("parameters of type " + request.parameters().getClass().getSimpleName());
        }
        if (request.toolChoice() == ToolChoice.REQUIRED) {
            throw new UnsupportedFeatureException("a required tool call");
        }
        boolean mayCallTools = request.toolChoice() != ToolChoice.NONE;
        return new dev.paddock.domain.model.generation.ChatRequest(
                new ModelName(request.modelName()),
                request.messages().stream().map(RequestTranslation::message).toList(),
                mayCallTools ? request.toolSpecifications().stream().map(RequestTranslation::tool).toList() : List.of(),
                settings(request));
    }

    private static Message message(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> Message.system(system.text());
            case UserMessage user -> userMessage(user);
            case AiMessage answer -> Message.assistant(answer.text() == null ? "" : answer.text())
                    .withThinking(answer.thinking())
                    .withToolCalls(answer.toolExecutionRequests().stream().map(RequestTranslation::toolCall).toList());
            case ToolExecutionResultMessage result when result.hasSingleText() -> new Message(
                    Role.TOOL, result.text(), null, List.of(), List.of(), new Message.ToolResult(result.toolName(), result.id()));
            case ToolExecutionResultMessage result -> throw new UnsupportedFeatureException("a tool result that is not one text");
            default -> throw new UnsupportedFeatureException("a message of type " + message.type());
        };
    }

    private static Message userMessage(UserMessage message) {
        List<String> texts = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (Content content : message.contents()) {
            switch (content) {
                case TextContent text -> texts.add(text.text());
                case ImageContent image when image.image().base64Data() != null -> images.add(new Image(image.image().base64Data()));
                case ImageContent image -> throw new UnsupportedFeatureException("an image that the server would have to fetch");
                default -> throw new UnsupportedFeatureException("content of type " + content.type());
            }
        }
        return Message.user(String.join("\n", texts)).withImages(images);
    }

    private static ToolCall toolCall(ToolExecutionRequest call) {
        String arguments = call.arguments() == null ? "" : call.arguments();
        return new ToolCall(call.id(), call.name(), PlainJson.parseObject("arguments of a tool call", arguments));
    }

    private static Tool tool(ToolSpecification tool) {
        JsonSchemaElement parameters =
                tool.parameters() == null ? JsonObjectSchema.builder().build() : tool.parameters();
        return new Tool(tool.name(), tool.description() == null ? "" : tool.description(), JsonSchemaElementUtils.toMap(parameters));
    }

    private static GenerationSettings settings(ChatRequest request) {
        ModelOptions options = with(ModelOptions.NONE, "temperature", request.temperature());
        options = with(options, "top_p", request.topP());
        options = with(options, "top_k", request.topK());
        options = with(options, "frequency_penalty", request.frequencyPenalty());
        options = with(options, "presence_penalty", request.presencePenalty());
        options = with(options, "num_predict", request.maxOutputTokens());
        List<String> stop = request.stopSequences();
        options = with(options, "stop", stop == null || stop.isEmpty() ? null : stop);
        GenerationSettings.Builder settings = GenerationSettings.builder().options(options);
        ResponseFormat format = request.responseFormat();
        if (format != null && format.type() == ResponseFormatType.JSON) {
            settings.format(format.jsonSchema() == null
                    ? dev.paddock.domain.model.generation.ResponseFormat.json()
                    : dev.paddock.domain.model.generation.ResponseFormat.schema(schema(format.jsonSchema().rootElement())));
        }
        return settings.build();
    }

    private static Map<String, @Nullable Object> schema(JsonSchemaElement element) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        JsonSchemaElementUtils.toMap(element).forEach(schema::put);
        return schema;
    }

    private static ModelOptions with(ModelOptions options, String name, @Nullable Object value) {
        return value == null ? options : options.with(name, value);
    }
}
