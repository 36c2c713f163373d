package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.model.AnswerFormat.NativeFormat;
import dev.paddock.adapters.http.sim.model.AnswerWriter;
import dev.paddock.adapters.http.sim.model.AnswerWriter.RunnerFailedException;
import dev.paddock.adapters.http.sim.model.InstalledModel;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pulls, pushes and creates models, with the progress lines of the real server and their oddities, and stores blobs.
 *
 * @param blobs the digests of the blobs stored; their bytes are not kept; safe for use by several threads
 */
record TransferEndpoints(SimulatorState state, Set<String> blobs) {
    private static final String BLOB_PATH = "/api/blobs/";
    private static final String LENIENT_DIGEST = "sha256[:-][0-9a-f]{64}";
    private static final String UNKNOWN_MARK = "missing";
    private static final List<Long> LAYERS = List.of(2_019_377_376L, 1_429L, 561L);
    private static final int STEPS = 4;
    private static final int SHORT_DIGEST = 12;

    /** A model whose name contains "missing" is unknown to the registry; all others can be pulled. */
    void pull(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("PullRequest");
        String name = name(request, OllamaError.INVALID_MODEL_NAME);
        start(exchange, request, progress -> {
            progress.status("pulling manifest");
            if (name.contains(UNKNOWN_MARK)) {
                throw new RunnerFailedException("pull model manifest: file does not exist", true);
            }
            progress.layers("pulling ", name);
            progress.status("verifying sha256 digest", "writing manifest",
                release() == OllamaRelease.OLD ? "removing any unused layers" : "removing unused layers", "success");
            if (state.catalogue().find(name).isEmpty()) {
                state.catalogue().install(SimulatedModel.named(name), true);
            }
        });
    }

    void push(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("PushRequest");
        String name = name(request, OllamaError.MODEL_REQUIRED);
        start(exchange, request, progress -> {
            progress.status("retrieving manifest");
            if (state.catalogue().find(name).isEmpty()) {
                progress.status("couldn't retrieve manifest");
                throw new RunnerFailedException("file does not exist", true);
            }
            progress.layers("pushing ", name);
            progress.status("pushing manifest", "success");
        });
    }

    void create(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("CreateRequest");
        String name = name(request, OllamaError.INVALID_MODEL_NAME);
        String from = request.text("from");
        if (from.isEmpty() && request.raw("files").isEmpty()) {
            throw OllamaError.NO_SOURCE.with();
        }
        SimulatedModel base = state.catalogue().find(from).map(InstalledModel::model)
            .orElse(SimulatedModel.named(name));
        start(exchange, request, progress -> {
            if (from.isEmpty()) {
                progress.status("parsing GGUF", "creating new layer sha256:" + GoFormat.sha256(name));
            } else {
                progress.status("using existing layer sha256:" + GoFormat.sha256(from));
            }
            progress.status("writing manifest");
            state.catalogue().install(base.renamed(name), false);
            progress.status("success");
        });
    }

    private OllamaRelease release() {
        return state.settings().release();
    }

    private static String name(RequestFields request, OllamaError error) {
        String name = ModelEndpoints.name(request);
        if (!SimulatedModelName.parse(name).isValid()) {
            throw error.with();
        }
        return name;
    }

    private void start(SimulatedExchange exchange, RequestFields request, Consumer<Progress> transfer) {
        NativeFormat format = new NativeFormat(exchange.responder(), "", ContentTypes.BARE_JSON);
        AnswerWriter.Mode mode = request.flag("stream", true) ? AnswerWriter.Mode.STREAMED : AnswerWriter.Mode.LAST;
        new AnswerWriter(exchange, format, mode, release())
            .write(sink -> transfer.accept(new Progress(exchange, sink, state)));
    }

    void headBlob(SimulatedExchange exchange) {
        String digest = digest(exchange);
        if (!digest.matches(LENIENT_DIGEST)) {
            throw OllamaError.INVALID_DIGEST.with();
        }
        if (!blobs.contains(digest.replace('-', ':'))) {
            throw OllamaError.BLOB_NOT_FOUND.with(digest);
        }
        exchange.responder().respond(200);
    }

    /** A digest with a hyphen passes the first check, but never equals the digest of the body. */
    void postBlob(SimulatedExchange exchange) {
        String digest = digest(exchange);
        if (blobs.contains(digest)) {
            exchange.responder().respond(200);
            return;
        }
        if (!digest.matches(LENIENT_DIGEST)) {
            throw OllamaError.INVALID_DIGEST.with();
        }
        String actual = "sha256:" + GoFormat.sha256(exchange.body());
        if (!actual.equals(digest)) {
            throw OllamaError.DIGEST_MISMATCH.with(digest, actual);
        }
        blobs.add(digest);
        exchange.responder().respond(201);
    }

    private static String digest(SimulatedExchange exchange) {
        return exchange.request().path().substring(BLOB_PATH.length());
    }

    private record Progress(SimulatedExchange exchange, AnswerWriter sink, SimulatorState state) {
        private void status(String... texts) {
            for (String text : texts) {
                line(GoJson.object().put("status", text));
            }
        }

        /**
         * Layers come one after another. A line of nothing done has no {@code completed}, lines repeat, the last line
         * of the first layer is short of its total, and the small layers are there already.
         */
        private void layers(String verb, String model) {
            for (int index = 0; index < LAYERS.size(); index++) {
                String digest = GoFormat.sha256(model + index);
                long total = LAYERS.get(index);
                if (index > 0) {
                    layer(verb, digest, total, total);
                    continue;
                }
                layer(verb, digest, total, 0);
                for (int step = 0; step < STEPS; step++) {
                    layer(verb, digest, total, total * step / STEPS);
                    layer(verb, digest, total, total * step / STEPS);
                }
            }
        }

        private void layer(String verb, String digest, long total, long completed) {
            ObjectNode line = GoJson.object().put("status", verb + digest.substring(0, SHORT_DIGEST))
                .put("digest", "sha256:" + digest).put("total", total);
            line(completed > 0 ? line.put("completed", completed) : line);
        }

        private void line(ObjectNode line) {
            exchange.pause(state.settings().tokenInterval());
            sink.chunk(line);
        }
    }
}
