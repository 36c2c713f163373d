package dev.paddock.adapters.http.bridge.langchain4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.http.client.FormDataFile;
import dev.paddock.domain.exchange.RequestBody;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.UUID;

/**
 * A form of fields and files (RFC 7578).
 *
 * @param contentType the media type with its boundary
 * @param body the encoded form
 */
record MultipartForm(String contentType, RequestBody body) {

    static MultipartForm of(Map<String, String> fields, Map<String, FormDataFile> files) {
        String boundary = "paddock-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            write(body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"\r\n\r\n");
            write(body, value + "\r\n");
        });
        files.forEach((name, file) -> {
            write(body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"; filename=\""
                    + quoted(file.fileName()) + "\"\r\nContent-Type: " + file.contentType() + "\r\n\r\n");
            body.writeBytes(file.content());
            write(body, "\r\n");
        });
        write(body, "--" + boundary + "--\r\n");
        return new MultipartForm("multipart/form-data; boundary=" + boundary, RequestBody.of(body.toByteArray()));
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(UTF_8));
    }

    /** Returns a name as browsers write it: line ends and quotes cannot end the header. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
