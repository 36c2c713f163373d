package dev.paddock.domain.model.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the prompt of a completion is put together. Null means that the server decides. Immutable.
 *
 * @param suffix the text that follows the gap to be filled; only for models that can insert
 * @param system the system prompt, in place of the model's own
 * @param template the prompt template, in place of the model's own
 * @param raw whether the prompt goes to the model as it stands
 * @param images images that go with the prompt
 * @param context the state of an earlier completion to go on from
 */
public record PromptSettings(
        @Nullable String suffix,
        @Nullable String system,
        @Nullable String template,
        boolean raw,
        List<Image> images,
        @Nullable PromptContext context) {

    /** The server decides everything. */
    public static final PromptSettings DEFAULT = new PromptSettings(null, null, null, false, List.of(), null);

    public PromptSettings {
        images = List.copyOf(images);
    }

    /** Returns these settings with the given suffix. */
    public PromptSettings withSuffix(String newSuffix) {
        return new PromptSettings(newSuffix, system, template, raw, images, context);
    }

    /** Returns these settings with the given system prompt. */
    public PromptSettings withSystem(String newSystem) {
        return new PromptSettings(suffix, newSystem, template, raw, images, context);
    }

    /** Returns these settings with the given template. */
    public PromptSettings withTemplate(String newTemplate) {
        return new PromptSettings(suffix, system, newTemplate, raw, images, context);
    }

    /** Returns these settings with the prompt going to the model as it stands, or not. */
    public PromptSettings withRaw(boolean newRaw) {
        return new PromptSettings(suffix, system, template, newRaw, images, context);
    }

    /** Returns these settings with the given images. */
    public PromptSettings withImages(List<Image> newImages) {
        return new PromptSettings(suffix, system, template, raw, newImages, context);
    }

    /** Returns these settings with the given state to go on from. */
    public PromptSettings withContext(PromptContext newContext) {
        return new PromptSettings(suffix, system, template, raw, images, newContext);
    }
}
