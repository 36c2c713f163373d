package dev.paddock.domain.model.generation;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.Base64;

/**
 * An image (or a sound, for models that hear) that goes with a message.
 *
 * @param base64 the encoded bytes in standard base64, without a {@code data:} prefix, which Ollama refuses
 */
public record Image(String base64) {

    public Image {
        if (base64.isEmpty() || base64.startsWith("data:")) {
            throw new InvalidRequestException("an image is plain base64: not empty, no data: prefix", ErrorFacts.NONE);
        }
    }

    /** Returns the image with the given bytes, for example those of a PNG file. */
    public static Image of(byte[] bytes) {
        return new Image(Base64.getEncoder().encodeToString(bytes));
    }

    /** Returns the size only. */
    @Override
    public String toString() {
        return "image of " + base64.length() + " base64 characters";
    }
}
