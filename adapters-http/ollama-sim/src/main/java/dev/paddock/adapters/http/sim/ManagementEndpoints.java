package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.Digests;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.util.function.Consumer;

/** Pulls, pushes, creates, copies and deletes models. */
final class ManagementEndpoints {
    private static final String UNKNOWN_MARK = "missing";

    private final SimulatorState state;

    ManagementEndpoints(SimulatorState state) {
        this.state = state;
    }

    /** A model whose name contains "missing" is unknown to the registry; all others can be pulled. */
    void pull(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("PullRequest");
        String name = requireName(request, "invalid model name");
        transfer(exchange, responder, request, transfer -> {
            transfer.status("pulling manifest");
            if (name.contains(UNKNOWN_MARK)) {
                throw new RunnerFailedException("pull model manifest: file does not exist", true);
            }
            transfer.pull(name);
            if (state.catalogue().find(name).isEmpty()) {
                state.catalogue().install(SimulatedModel.named(name), true);
            }
        });
    }

    void push(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("PushRequest");
        String name = requireName(request, "model is required");
        transfer(exchange, responder, request, transfer -> {
            transfer.status("retrieving manifest");
            if (state.catalogue().find(name).isEmpty()) {
                transfer.status("couldn't retrieve manifest");
                throw new RunnerFailedException("file does not exist", true);
            }
            transfer.push(name);
        });
    }

    void create(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("CreateRequest");
        String name = requireName(request, "invalid model name");
        String from = request.text("from");
        JsonNode files = request.raw("files");
        if (from.isEmpty() && files.isEmpty()) {
            throw new ApiException(400, "neither 'from' or 'files' was specified");
        }
        SimulatedModel base = state.catalogue().find(from).map(InstalledModel::model)
            .orElse(SimulatedModel.named(name));
        transfer(exchange, responder, request, transfer -> {
            if (from.isEmpty()) {
                transfer.status("parsing GGUF");
                transfer.status("creating new layer sha256:" + Digests.hex(name));
            } else {
                transfer.status("using existing layer sha256:" + Digests.hex(from));
            }
            transfer.status("writing manifest");
            state.catalogue().install(base.renamed(name), false);
            transfer.status("success");
        });
    }

    private void transfer(
            SimulatedExchange exchange, SimulatedResponseWriter responder, RequestFields request, Consumer<ModelTransfer> work) {
        NativeFormat format = new NativeFormat(responder::text, ContentTypes.BARE_JSON);
        boolean stream = request.flag("stream").orElse(true);
        AnswerSink sink = Generator.sink(exchange,
            stream ? new StreamedAnswer(responder, format) : new LastStatusAnswer(responder, format));
        try {
            work.accept(new ModelTransfer(exchange, sink, state.settings()));
        } catch (RunnerFailedException failure) {
            sink.fail(failure);
            return;
        } catch (AnswerTruncatedException cut) {
            sink.end();
            return;
        }
        sink.end();
    }

    private static String requireName(RequestFields request, String complaint) {
        String name = request.text("model").isEmpty() ? request.text("name") : request.text("model");
        if (!SimulatedModelName.parse(name).isValid()) {
            throw new ApiException(400, complaint);
        }
        return name;
    }

    void copy(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("CopyRequest");
        String source = request.text("source");
        String destination = request.text("destination");
        requireValid("source", source);
        requireValid("destination", destination);
        InstalledModel model = state.catalogue().find(source).orElseThrow(
            () -> new ApiException(404, "model " + ErrorTexts.quoted(source) + " not found"));
        state.catalogue().install(model.model().renamed(destination), model.familiesKnown());
        responder.respond(SimulatedResponse.empty(200));
    }

    private static void requireValid(String field, String name) {
        if (!SimulatedModelName.parse(name).isValid()) {
            throw new ApiException(400, field + " " + ErrorTexts.quoted(name) + " is invalid");
        }
    }

    /** Deleting a model does not unload it. */
    void delete(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("DeleteRequest");
        String name = requireName(request, ErrorTexts.MODEL_REQUIRED);
        if (!state.catalogue().remove(SimulatedModelName.parse(name))) {
            throw new ApiException(404, ErrorTexts.modelNotFound(name));
        }
        responder.respond(SimulatedResponse.empty(200));
    }
}
