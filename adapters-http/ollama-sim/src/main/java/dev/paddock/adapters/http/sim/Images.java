package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.RequestFields;

/** Checks that images are plain base64, as Go decodes it: a data URL is refused at its colon. */
final class Images {
    private static final int GROUP = 4;

    private Images() {
    }

    static void validate(RequestFields fields) {
        for (JsonNode image : fields.list("images", "api.ImageData")) {
            if (!image.isTextual()) {
                throw fields.mismatch("images", image, "api.ImageData");
            }
            requireBase64(image.textValue());
        }
    }

    static void requireBase64(String text) {
        int length = 0;
        while (length < text.length() && isDigit(text.charAt(length))) {
            length++;
        }
        int padding = text.length() - length;
        boolean padded = padding <= 2 && text.substring(length).chars().allMatch(character -> character == '=');
        if (!padded || text.length() % GROUP != 0) {
            throw new ApiException(400, "illegal base64 data at input byte " + Math.min(length, text.length()));
        }
    }

    private static boolean isDigit(char character) {
        return (Character.isLetterOrDigit(character) && character < 0x7F) || character == '+' || character == '/';
    }
}
