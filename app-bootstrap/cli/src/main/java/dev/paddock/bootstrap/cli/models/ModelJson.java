package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.RunningModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models as JSON objects. */
final class ModelJson {

    private ModelJson() {}

    static Map<String, Object> of(ModelSummary model) {
        return new JsonObjectBuilder()
                .put("name", model.name())
                .put("modified_at", model.modifiedAt() == null ? null : model.modifiedAt().toString())
                .put("size", known(model.size()))
                .putText("digest", model.digest())
                .put("traits", of(model.traits()))
                .put("capabilities", model.capabilities())
                .toMap();
    }

    static Map<String, Object> of(RunningModel model) {
        return new JsonObjectBuilder()
                .put("name", model.name())
                .put("size", known(model.size()))
                .put("video_memory", model.size() == 0 ? known(model.videoMemory()) : Long.valueOf(model.videoMemory()))
                .putText("digest", model.digest())
                .put("traits", of(model.traits()))
                .put("expires_at", model.expiresAt() == null ? null : model.expiresAt().toString())
                .put("context_length", model.contextLength())
                .toMap();
    }

    static Map<String, Object> of(ModelName name, ModelDetails model) {
        return new JsonObjectBuilder()
                .put("name", name.value())
                .put("traits", of(model.traits()))
                .put("capabilities", model.capabilities())
                .put("modified_at", model.modifiedAt() == null ? null : model.modifiedAt().toString())
                .putText("parameters", model.texts().parameters())
                .putText("system", model.texts().system())
                .putText("template", model.texts().template())
                .putText("license", model.texts().license())
                .putText("modelfile", model.texts().modelfile())
                .put("information", model.information())
                .toMap();
    }

    private static @Nullable Long known(long bytes) {
        return bytes == 0 ? null : bytes;
    }

    private static Map<String, Object> of(ModelTraits traits) {
        return new JsonObjectBuilder()
                .putText("parent_model", traits.parentModel())
                .putText("format", traits.format())
                .putText("family", traits.family())
                .put("families", traits.families())
                .putText("parameter_size", traits.parameterSize())
                .putText("quantization", traits.quantization())
                .toMap();
    }
}
