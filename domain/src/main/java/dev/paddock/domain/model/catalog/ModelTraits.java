package dev.paddock.domain.model.catalog;

import java.util.List;

/**
 * What kind of model it is; a text that the server does not give is empty.
 *
 * @param parentModel the model it was made from
 * @param format the file format, for example {@code gguf}
 * @param family the architecture, for example {@code llama}
 * @param families all architectures it has parts of
 * @param parameterSize the number of parameters as the server writes it, for example {@code 8.0B}
 * @param quantization the level of quantization, for example {@code Q4_K_M}
 */
public record ModelTraits(
        String parentModel,
        String format,
        String family,
        List<String> families,
        String parameterSize,
        String quantization) {

    /** The server said nothing. */
    public static final ModelTraits UNKNOWN = new ModelTraits("", "", "", List.of(), "", "");

    public ModelTraits {
        families = List.copyOf(families);
    }
}
