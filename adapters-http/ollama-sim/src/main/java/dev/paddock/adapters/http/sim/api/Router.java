package dev.paddock.adapters.http.sim.api;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.format.ApiException;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.model.AnswerFormat.NativeFormat;
import dev.paddock.adapters.http.sim.model.EmbeddingService;
import dev.paddock.adapters.http.sim.model.GenerationService;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Everything the simulator answers; unknown paths and wrong methods get plain text, as Ollama's router sends. */
public final class Router {
    private final List<ApiRoute> routes = new ArrayList<>();
    private final SimulatorState state;
    private final GenerationService generation;

    /** A path and a method of it; a path that ends with a slash matches any one further segment. */
    private record ApiRoute(String method, String path, ErrorBodyFormat errors, Consumer<SimulatedExchange> handler) {
        private boolean matchesPath(String requested) {
            boolean prefix = path.length() > 1 && path.endsWith("/");
            return prefix
                ? requested.startsWith(path) && requested.indexOf('/', path.length()) < 0 && !requested.equals(path)
                : path.equals(requested);
        }
    }

    /** Makes the routes of one simulator. */
    public Router(SimulatorState state) {
        this.state = state;
        this.generation = new GenerationService(state);
        ModelEndpoints models = new ModelEndpoints(state);
        add("GET HEAD", "/", models::root);
        add("GET HEAD", "/api/version", models::version);
        add("GET HEAD", "/api/tags", models::tags);
        add("GET", "/api/ps", models::processes);
        add("GET", "/api/status", models::status);
        add("POST", "/api/show", models::show);
        add("POST", "/api/copy", models::copy);
        add("DELETE", "/api/delete", models::delete);
        add("GET", "/v1/models", ErrorBodyFormat.OPENAI, models::openAiModels);
        add("GET", "/v1/models/", ErrorBodyFormat.OPENAI, models::openAiModel);
        add("POST", "/api/chat", exchange -> generation.chat(
            exchange, exchange.fields("ChatRequest"), NativeFormat.of(exchange.responder(), "chat")));
        add("POST", "/api/generate", exchange -> generation.generate(
            exchange, exchange.fields("GenerateRequest"), NativeFormat.of(exchange.responder(), "generate")));
        EmbeddingService embedding = new EmbeddingService(state);
        add("POST", "/api/embed", embedding::embed);
        add("POST", "/api/embeddings", embedding::embedLegacy);
        add("POST", "/v1/embeddings", ErrorBodyFormat.OPENAI, embedding::embedOpenAi);
        TransferEndpoints transfers = new TransferEndpoints(state, ConcurrentHashMap.newKeySet());
        add("POST", "/api/pull", transfers::pull);
        add("POST", "/api/push", transfers::push);
        add("POST", "/api/create", transfers::create);
        add("HEAD", "/api/blobs/", transfers::headBlob);
        add("POST", "/api/blobs/", transfers::postBlob);
        add("POST", "/v1/chat/completions", ErrorBodyFormat.OPENAI, this::chatCompletions);
        add("POST", "/v1/completions", ErrorBodyFormat.OPENAI, this::completions);
        add("POST", "/v1/responses", ErrorBodyFormat.OPENAI, this::responses);
        add("POST", "/v1/messages", ErrorBodyFormat.ANTHROPIC, this::messages);
    }

    private void add(String methods, String path, Consumer<SimulatedExchange> handler) {
        add(methods, path, ErrorBodyFormat.NATIVE, handler);
    }

    private void add(String methods, String path, ErrorBodyFormat errors, Consumer<SimulatedExchange> handler) {
        for (String method : methods.split(" ", -1)) {
            routes.add(new ApiRoute(method, path, errors, handler));
        }
    }

    private void chatCompletions(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("ChatCompletionRequest");
        generation.chat(exchange, TranslatedRequest.chatCompletion(request), openAi(exchange, true, request));
    }

    private void completions(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("CompletionRequest");
        generation.generate(exchange, TranslatedRequest.completion(request), openAi(exchange, false, request));
    }

    private OpenAiFormat openAi(SimulatedExchange exchange, boolean chat, RequestFields request) {
        return new OpenAiFormat(exchange.responder(), chat, request, state.settings().release());
    }

    private void responses(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("ResponsesRequest");
        if (request.flag("stream", false)) {
            exchange.responder().header("Cache-Control", "no-cache");
            exchange.responder().header("Connection", "keep-alive");
        }
        generation.chat(exchange, TranslatedRequest.responses(request),
            new ResponsesFormat(exchange.responder(), request.text("model")));
    }

    private void messages(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("MessagesRequest");
        boolean thinker = state.catalogue().find(request.text("model"))
            .map(model -> model.can(ModelCapability.THINKING)).orElse(false);
        generation.chat(exchange, TranslatedRequest.messages(request, thinker),
            new MessagesFormat(exchange.responder(), request));
    }

    /** Answers a request by its handler, or by the error that the handler throws. */
    public void route(SimulatedExchange exchange) {
        String path = exchange.request().path();
        String method = exchange.request().method();
        List<ApiRoute> candidates = routes.stream().filter(route -> route.matchesPath(path)).toList();
        if (candidates.isEmpty()) {
            respondUnknownPath(exchange, path, method);
            return;
        }
        Optional<ApiRoute> found = candidates.stream().filter(route -> route.method().equals(method)).findFirst();
        if (found.isEmpty()) {
            String allowed = candidates.stream().map(ApiRoute::method).collect(Collectors.joining(", "));
            exchange.responder().header("Allow", allowed);
            exchange.responder().respond(405, ContentTypes.BARE_TEXT, "405 method not allowed");
            return;
        }
        try {
            exchange.faults().find(Fault.Refusal.class).ifPresent(refusal -> refuse(exchange, refusal));
            found.get().handler().accept(exchange);
        } catch (ApiException error) {
            found.get().errors().respond(exchange.responder(), error);
        }
    }

    private static void refuse(SimulatedExchange exchange, Fault.Refusal refusal) {
        refusal.headers().forEach(exchange.responder()::header);
        throw ApiException.of(refusal.status(), refusal.message());
    }

    private void respondUnknownPath(SimulatedExchange exchange, String path, String method) {
        String trimmed = path.replaceAll("/$", "");
        if (path.contains("//")) {
            exchange.responder().header("Location", path.replaceAll("/+", "/"));
            exchange.responder().respond(301);
        } else if (!trimmed.equals(path) && routes.stream().anyMatch(route -> route.matchesPath(trimmed))) {
            exchange.responder().header("Location", trimmed);
            exchange.responder().respond("GET".equals(method) ? 301 : 307);
        } else {
            exchange.responder().respond(404, ContentTypes.BARE_TEXT, "404 page not found");
        }
    }
}
