package dev.paddock.adapters.http.wire.openai;

import dev.paddock.domain.model.generation.Image;

/** Makes the URL that carries an image, whose type is seen by its first bytes. */
final class ImageUrl {

    private ImageUrl() {}

    static String of(Image image) {
        return "data:" + type(image.base64()) + ";base64," + image.base64();
    }

    /** Ollama takes an empty type for any image. */
    private static String type(String base64) {
        if (base64.startsWith("iVBORw0KGgo")) {
            return "image/png";
        }
        if (base64.startsWith("/9j/")) {
            return "image/jpeg";
        }
        return base64.startsWith("UklGR") ? "image/webp" : "";
    }
}
