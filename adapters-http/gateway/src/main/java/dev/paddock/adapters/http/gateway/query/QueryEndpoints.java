package dev.paddock.adapters.http.gateway.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.query.Conversations.ConversationKey;
import dev.paddock.adapters.http.gateway.query.QueryReader.QueryReading;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.documents.DocumentAnswer;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentQuestion;
import dev.paddock.domain.documents.DocumentQuestion.ConversationTurn;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.model.ModelName;
import dev.paddock.ports.documents.answers.DocumentAnswerStream;
import dev.paddock.ports.documents.answers.DocumentAnswers;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that answer questions from documents: {@value #QUERY} whole, and {@value #STREAM} piece by piece. Nothing is sent before the
 * first piece of the answer is known, so that an earlier failure has its own status. A later one is reported inside the stream. A client that
 * leaves cancels the search and the call of the model. Thread-safe.
 */
public final class QueryEndpoints {

    /** The path of whole answers. */
    public static final String QUERY = "/api/query";

    /** The path of streamed answers. */
    public static final String STREAM = "/api/stream_query";

    private final DocumentAnswers answers;
    private final @Nullable ModelName usualModel;
    private final Conversations conversations = new Conversations(System::nanoTime);

    private QueryEndpoints(DocumentAnswers answers, @Nullable ModelName usualModel) {
        this.answers = requireNonNull(answers, "answers");
        this.usualModel = usualModel;
    }

    /**
     * Returns the endpoints.
     *
     * @param answers answers the questions, or null when the gateway has no documents
     * @param usualModel the model of requests that name none, or null to refuse them
     */
    public static List<GatewayEndpoint> of(@Nullable DocumentAnswers answers, @Nullable ModelName usualModel) {
        if (answers == null) {
            return List.of(new GatewayEndpoint(
                    List.of(QUERY, STREAM),
                    List.of("POST"),
                    AccessClass.CLIENT,
                    (call, responder) -> responder.send(QueryFailure.WITHOUT_DOCUMENTS.toResponse(call.id()))));
        }
        QueryEndpoints endpoints = new QueryEndpoints(answers, usualModel);
        return List.of(endpoints.post(QUERY, endpoints::answer), endpoints.post(STREAM, endpoints::stream));
    }

    private GatewayEndpoint post(String path, QueryHandler handler) {
        return new GatewayEndpoint(List.of(path), List.of("POST"), AccessClass.CLIENT, (call, responder) -> run(handler, call, responder))
                .withJson();
    }

    /** Answers a question, or throws why there is no answer. */
    @FunctionalInterface
    private interface QueryHandler {

        void handle(QueryRequest request, EndpointCall call, Responder responder);
    }

    private void run(QueryHandler handler, EndpointCall call, Responder responder) {
        QueryReading reading = QueryReader.read(body(call), usualModel);
        if (reading.request() == null) {
            responder.send(QueryFailure.invalid(reading.problems()).toResponse(call.id()));
            return;
        }
        try {
            handler.handle(reading.request(), call, responder);
        } catch (LlmException failure) {
            boolean hasBegun = responder.hasBegun();
            report(QueryFailure.of(failure, ThreadLocalRandom.current()), call, responder);
            if (hasBegun) {
                throw failure;
            }
        } catch (DocumentException failure) {
            report(QueryFailure.of(failure), call, responder);
        }
    }

    private static @Nullable Object body(EndpointCall call) {
        try {
            return PlainJson.fromUnambiguousText(new String(call.request().body().bytes(), UTF_8));
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private static void report(QueryFailure failure, EndpointCall call, Responder responder) {
        if (!responder.hasBegun()) {
            responder.send(failure.toResponse(call.id()));
            return;
        }
        StreamForm form = StreamForm.of(call.request().head().headers());
        responder.write(form.error(failure.toJson(call.id())));
        if (form.reportsItsEnd()) {
            responder.end();
        } else {
            responder.abort();
        }
    }

    private void answer(QueryRequest request, EndpointCall call, Responder responder) {
        DocumentQuestion question = question(request, call);
        DocumentAnswer answer = answers.answer(question, call.context());
        remember(request, call, answer);
        responder.send(GatewayEndpoint.json(200, QueryJson.answer(question, request.chat(), answer)));
    }

    private void stream(QueryRequest request, EndpointCall call, Responder responder) {
        StreamForm form = StreamForm.of(call.request().head().headers());
        DocumentQuestion question = question(request, call);
        try (DocumentAnswerStream stream = answers.stream(question, call.context())) {
            boolean hasText = stream.hasNext();
            responder.begin(new ServerResponseHead(200, form.headers(), ServerResponseHead.UNKNOWN));
            responder.write(form.context(QueryJson.passages(stream.passages())));
            while (hasText) {
                responder.write(form.piece(stream.next()));
                hasText = stream.hasNext();
            }
            DocumentAnswer answer = stream.whole();
            remember(request, call, answer);
            if (form.reportsItsEnd()) {
                responder.write(form.done(QueryJson.facts(question, request.chat(), answer)));
            }
            responder.end();
        }
    }

    private DocumentQuestion question(QueryRequest request, EndpointCall call) {
        DocumentQuestion question = DocumentQuestion.of(request.query(), request.model());
        return request.chat() == null ? question : question.after(conversations.turns(conversation(call, request.chat())));
    }

    private void remember(QueryRequest request, EndpointCall call, DocumentAnswer answer) {
        if (request.chat() != null && request.savesChat()) {
            conversations.add(
                    conversation(call, request.chat()), new ConversationTurn(request.query().text(), answer.text()));
        }
    }

    private static ConversationKey conversation(EndpointCall call, String chat) {
        String tenant = call.context().get(CallAttributes.TENANT);
        return new ConversationKey(tenant == null ? call.caller() : tenant, chat);
    }
}
