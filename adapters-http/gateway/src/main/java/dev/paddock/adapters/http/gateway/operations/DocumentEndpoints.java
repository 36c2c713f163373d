package dev.paddock.adapters.http.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.relay.FailureResponse;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.documents.CorpusState;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoint of the documents that can be searched: {@value #DOCUMENTS} lists them, adds one, and deletes one. */
public final class DocumentEndpoints {

    /** The path of the documents. */
    public static final String DOCUMENTS = "/api/documents";

    private static final String NAME = "name";

    private final DocumentSearchPort documents;
    private final Supplier<@Nullable IndexReport> lastUpdate;

    private DocumentEndpoints(DocumentSearchPort documents, Supplier<@Nullable IndexReport> lastUpdate) {
        this.documents = requireNonNull(documents, "documents");
        this.lastUpdate = requireNonNull(lastUpdate, "lastUpdate");
    }

    /**
     * Returns the endpoints.
     *
     * @param documents the documents, or null when the gateway has none
     * @param lastUpdate returns what the last update from the folder did, or null when none has ended
     */
    public static List<GatewayEndpoint> of(@Nullable DocumentSearchPort documents, Supplier<@Nullable IndexReport> lastUpdate) {
        if (documents == null) {
            return List.of(
                    GatewayEndpoint.read(DOCUMENTS, AccessClass.OPERATOR, call -> GatewayEndpoint.json(200, Map.of("enabled", false))),
                    change("POST", call -> withoutDocuments()),
                    change("DELETE", call -> withoutDocuments()));
        }
        DocumentEndpoints endpoints = new DocumentEndpoints(documents, lastUpdate);
        return List.of(
                GatewayEndpoint.read(DOCUMENTS, AccessClass.OPERATOR, call -> failing(call, unused -> endpoints.list())),
                change("POST", call -> failing(call, endpoints::add)).withBody(),
                change("DELETE", call -> failing(call, endpoints::delete)));
    }

    private static GatewayEndpoint change(String method, Function<EndpointCall, ServerResponse> response) {
        return new GatewayEndpoint(
                List.of(DOCUMENTS), List.of(method), AccessClass.ADMIN, (call, responder) -> responder.send(response.apply(call)));
    }

    private ServerResponse list() {
        CorpusState state = documents.state();
        IndexReport report = lastUpdate.get();
        return GatewayEndpoint.json(
                200,
                PlainJson.object(
                        "enabled", true,
                        "version", state.version(),
                        "updating", state.isUpdating(),
                        "passages", state.passages(),
                        "documents", documents.documents().stream().map(DocumentEndpoints::json).toList(),
                        "last_update", report == null ? null : json(report)));
    }

    private ServerResponse add(EndpointCall call) {
        String name = name(call);
        byte[] content = call.request().body().bytes();
        if (name == null || content.length == 0) {
            return CacheEndpoints.problem("a document needs a name and a content: POST " + DOCUMENTS + "?name=guide.md, with the file as the body");
        }
        return GatewayEndpoint.json(201, json(documents.add(name, content, call.context())));
    }

    private ServerResponse delete(EndpointCall call) {
        String name = name(call);
        if (name == null) {
            return CacheEndpoints.problem("the query says which document: DELETE " + DOCUMENTS + "?name=guide.md");
        }
        return documents.delete(name)
                ? GatewayEndpoint.json(200, Map.of("status", "ok", "name", name))
                : GatewayEndpoint.json(404, Map.of("error", "there is no document with the name " + name));
    }

    /** Returns the name in the query of the target, or null when there is not exactly one that can be read. */
    private static @Nullable String name(EndpointCall call) {
        String target = call.request().head().target();
        List<String> names = new ArrayList<>();
        for (String field : target.substring(Math.min(target.length(), call.request().head().path().length() + 1)).split("&", -1)) {
            if (field.startsWith(NAME + "=")) {
                names.add(field.substring(NAME.length() + 1));
            }
        }
        try {
            return names.size() != 1 || names.getFirst().isEmpty() ? null : URLDecoder.decode(names.getFirst(), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }

    private static ServerResponse failing(EndpointCall call, Function<EndpointCall, ServerResponse> response) {
        try {
            return response.apply(call);
        } catch (DocumentException failure) {
            return GatewayEndpoint.json(status(failure), Map.of("error", String.valueOf(failure.getMessage())));
        } catch (InvalidRequestException invalid) {
            return CacheEndpoints.problem(String.valueOf(invalid.getMessage()));
        } catch (LlmException failure) {
            FailureResponse known = FailureResponse.of(failure, Operation.EMBED);
            ServerResponse body = GatewayEndpoint.json(known.status(), Map.of("error", known.message()));
            Headers advised = body.head().headers().with(known.fields(failure, ThreadLocalRandom.current()).fields().toArray(Header[]::new));
            return new ServerResponse(known.status(), advised, body.body());
        }
    }

    private static int status(DocumentException failure) {
        return switch (failure.failure()) {
            case UNREADABLE_DOCUMENT -> 422;
            case TOO_LARGE -> 413;
            case INDEX_IN_USE, NOT_ACCESSIBLE, OTHER_FOLDER, NOT_READY, BUSY, CLOSED -> 503;
        };
    }

    private static Map<String, @Nullable Object> json(DocumentSummary document) {
        return PlainJson.object(
                "name", document.name(),
                "origin", document.origin().name().toLowerCase(Locale.ROOT),
                "bytes", document.bytes(),
                "passages", document.passages(),
                "indexed_at", document.indexedAt().toString());
    }

    private static Map<String, @Nullable Object> json(IndexReport report) {
        Map<String, @Nullable Object> skipped = new LinkedHashMap<>();
        report.skipped().forEach(document -> skipped.put(document.name(), document.reason()));
        return PlainJson.object(
                "indexed", report.indexed(),
                "unchanged", report.unchanged(),
                "removed", report.removed(),
                "skipped", skipped);
    }

    private static ServerResponse withoutDocuments() {
        return GatewayEndpoint.json(
                409, Map.of("error", "this gateway was started without documents: use serve --documents, or paddock.documents.folder"));
    }
}
