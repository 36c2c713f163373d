package dev.paddock.example.service;

import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
import dev.paddock.ports.llm.LlmPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Answers questions about the weather with a tool that the model may call. */
public final class WeatherAgent {

    private static final Tool WEATHER = new Tool(
            "weather", "Returns the weather of a city.", Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))));

    private final LlmPort llm;
    private final UnaryOperator<String> forecasts;

    /** Creates an agent that gets the weather of a city from the given function. */
    public WeatherAgent(LlmPort llm, UnaryOperator<String> forecasts) {
        this.llm = llm;
        this.forecasts = forecasts;
    }

    /** Returns the answer to a question. */
    public String answer(String question) {
        List<Message> messages = new ArrayList<>(List.of(Message.user(question)));
        Message turn = next(messages);
        while (!turn.toolCalls().isEmpty()) {
            messages.add(turn);
            for (ToolCall call : turn.toolCalls()) {
                messages.add(Message.tool(call, forecasts.apply(String.valueOf(call.arguments().get("city")))));
            }
            turn = next(messages);
        }
        return turn.content();
    }

    private Message next(List<Message> messages) {
        return llm.chat(ChatRequest.of("qwen3", messages).withTools(List.of(WEATHER))).message();
    }
}
