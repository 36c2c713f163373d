package dev.paddock.e2e.fault;

import static java.util.stream.Collectors.joining;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The calls of the facade, each with the answer of a healthy server and what the caller makes of it. */
enum Call {
    MODELS("models", Caller.READING, Operation.LIST_MODELS) {
        @Override
        String make(Paddock paddock, String text) {
            return paddock.models().models(CallContext.create()).stream().map(ModelSummary::name).collect(joining());
        }
    },
    RUNNING("ps", Caller.READING, Operation.RUNNING_MODELS) {
        @Override
        String make(Paddock paddock, String text) {
            return paddock.models().runningModels(CallContext.create()).stream()
                    .map(RunningModel::name)
                    .collect(joining());
        }
    },
    SHOW("show", Caller.READING, Operation.SHOW_MODEL) {
        @Override
        String make(Paddock paddock, String text) {
            return paddock.models().show(new ModelName("m"), CallContext.create()).texts().system();
        }
    },
    EMBED("embed", Caller.EMBEDDING, Operation.EMBED) {
        @Override
        String make(Paddock paddock, String text) {
            return paddock.llm().embed(EmbedRequest.of("m", text)).embeddings().stream()
                    .map(Call::toText)
                    .collect(joining());
        }
    },
    GENERATE("generate whole", Caller.GENERATING_WHOLE, Operation.GENERATE) {
        @Override
        String make(Paddock paddock, String text) {
            return paddock.llm().generate(GenerateRequest.of("m", text)).text();
        }
    },
    CHAT("chat whole", Caller.GENERATING_WHOLE, Operation.CHAT) {
        @Override
        String make(Paddock paddock, String text) {
            return paddock.llm().chat(ChatRequest.of("m", text)).text();
        }
    },
    GENERATE_STREAM("generate streamed", Caller.STREAMING, Operation.GENERATE) {
        @Override
        String make(Paddock paddock, String text) {
            return Call.read(paddock.llm().generateStream(GenerateRequest.of("m", text)), GenerateChunk::text);
        }
    },
    CHAT_STREAM("chat streamed", Caller.STREAMING, Operation.CHAT) {
        @Override
        String make(Paddock paddock, String text) {
            return Call.read(paddock.llm().chatStream(ChatRequest.of("m", text)), ChatChunk::text);
        }
    };

    /** Who calls: what faults do is the same for all calls of a caller. */
    enum Caller {
        READING,
        EMBEDDING,
        GENERATING_WHOLE,
        STREAMING
    }

    private final String title;
    private final Caller caller;
    private final Operation operation;

    Call(String title, Caller caller, Operation operation) {
        this.title = title;
        this.caller = caller;
        this.operation = operation;
    }

    /** Makes the call, with the text if it has one, and returns {@link #result()} if all is well. */
    abstract String make(Paddock paddock, String text);

    /** Returns what the caller of a healthy server has in the end. */
    String result() {
        return caller == Caller.EMBEDDING ? "[0.5, 0.25]" : "Hello";
    }

    /** Returns the whole answer of a healthy server. */
    String body() {
        return switch (this) {
            case MODELS, RUNNING -> "{\"models\":[{\"name\":\"Hello\",\"model\":\"Hello\",\"size\":7}]}";
            case SHOW -> "{\"system\":\"Hello\",\"details\":{\"family\":\"llama\"}}";
            case EMBED -> "{\"model\":\"m\",\"embeddings\":[[0.5,0.25]]}";
            case GENERATE -> "{\"model\":\"m\",\"response\":\"Hello\",\"done\":true}";
            case CHAT -> "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"done\":true}";
            case GENERATE_STREAM, CHAT_STREAM -> String.join("", lines());
        };
    }

    /** Returns the lines of a streamed answer: two with text, and the last one without. */
    List<String> lines() {
        return List.of(line("Hel", false), line("lo", false), line("", true));
    }

    /** Returns one line of a streamed answer. */
    String line(String text, boolean done) {
        String content = operation == Operation.CHAT
                ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
                : "\"response\":\"" + text + "\"";
        return "{\"model\":\"m\"," + content + ",\"done\":" + done + "}\n";
    }

    String contentType() {
        return isStreamed() ? "application/x-ndjson" : "application/json";
    }

    boolean isStreamed() {
        return caller == Caller.STREAMING;
    }

    Caller caller() {
        return caller;
    }

    /** Returns the label of the operation in the metrics. */
    String label() {
        return operation.label();
    }

    @Override
    public String toString() {
        return title;
    }

    private static String toText(Embedding embedding) {
        return Arrays.toString(embedding.vector());
    }

    private static <T> String read(ResponseStream<T> stream, Function<T, String> text) {
        StringBuilder whole = new StringBuilder();
        try (stream) {
            stream.forEachRemaining(piece -> whole.append(text.apply(piece)));
        }
        return whole.toString();
    }
}
