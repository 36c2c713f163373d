package dev.paddock.wholesystem.sprint;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.testsupport.RawClient.Response;
import dev.paddock.wholesystem.GatewayClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Lets the load generator ask {@code POST /api/query}: the prompt of a completion is the question. It has no other calls. Thread-safe.
 *
 * @param client the client of the gateway
 * @param judge hears each answer, with its question
 */
record QueryPort(GatewayClient client, AnswerJudge judge) implements LlmPort {

    private static final int PASSAGES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20); // of the client

    QueryPort {
        requireNonNull(client, "client");
        requireNonNull(judge, "judge");
    }

    /** Compares answers with their questions. */
    @FunctionalInterface
    interface AnswerJudge {

        /** Takes the answer to a question, and whether the gateway had it. */
        void hear(String question, String answer, boolean isHit);
    }

    @Override
    public GenerateResponse generate(GenerateRequest request, CallContext context) {
        String model = request.model().value();
        Response response = send(Map.of("query", request.prompt(), "k", PASSAGES, "model", model));
        if (response.status() != 200) {
            throw failure(response);
        }
        try {
            Map<?, ?> body = GatewayClient.object(response);
            String answer = String.valueOf(body.get("answer"));
            judge.hear(request.prompt(), answer, Boolean.TRUE.equals(body.get("cache_hit")));
            TokenUsage usage = new TokenUsage(null, answer.split(" ", -1).length);
            return new GenerateResponse(
                    model, null, new GenerateOutput(answer, null, List.of(), null), List.of(), new Completion("stop", usage, Timings.UNKNOWN));
        } catch (IOException malformed) {
            throw new ServerFailedException(String.valueOf(malformed.getMessage()), ErrorFacts.NONE, malformed);
        }
    }

    private Response send(Map<String, ?> question) {
        try {
            return client.post("/api/query", question);
        } catch (ConnectException refused) {
            throw new BackendUnavailableException("the gateway refuses connections", ErrorFacts.NONE, refused);
        } catch (SocketTimeoutException late) {
            throw new LlmTimeoutException(CallPhase.HEAD, PATIENCE, ErrorFacts.NONE, late);
        } catch (IOException lost) {
            throw new ConnectionLostException("the gateway gave no answer: " + lost.getMessage(), ErrorFacts.NONE, lost);
        }
    }

    /** Returns a failure of the kind that the gateway names, with its words; by the status if it names another one. */
    private static LlmException failure(Response response) {
        String message = response.status() + ": " + response.body().strip();
        return switch (kind(response)) {
            case "backend_unavailable" -> new BackendUnavailableException(message, ErrorFacts.NONE);
            case "connection_lost" -> new ConnectionLostException(message, ErrorFacts.NONE);
            case "timeout" -> new LlmTimeoutException(CallPhase.HEAD, PATIENCE, ErrorFacts.NONE, null);
            default -> byStatus(response.status(), message);
        };
    }

    private static String kind(Response response) {
        try {
            return String.valueOf(GatewayClient.object(response).get("error"));
        } catch (IOException noJson) {
            return "";
        }
    }

    private static LlmException byStatus(int status, String message) {
        return switch (status) {
            case 429 -> new RateLimitedException(message, ErrorFacts.NONE);
            case 503 -> new ServerBusyException(message, ErrorFacts.NONE);
            case 502 -> new BackendUnavailableException(message, ErrorFacts.NONE);
            case 504 -> new LlmTimeoutException(CallPhase.HEAD, PATIENCE, ErrorFacts.NONE, null);
            case 500 -> new ServerFailedException(message, ErrorFacts.NONE);
            default -> new InvalidRequestException(message, ErrorFacts.NONE);
        };
    }

    @Override
    public ChatResponse chat(ChatRequest request, CallContext context) {
        throw unknown();
    }

    @Override
    public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
        throw unknown();
    }

    @Override
    public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
        throw unknown();
    }

    @Override
    public EmbedResponse embed(EmbedRequest request, CallContext context) {
        throw unknown();
    }

    private static UnsupportedOperationException unknown() {
        return new UnsupportedOperationException("questions are completions here");
    }
}
