package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.json.FieldHandler;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.PullProgress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One report on a download. Ollama leaves out the numbers that are zero. */
final class OllamaPullParser implements FieldHandler {

    static final ChunkDecoder<PullProgress> DECODER = new Decoder();

    private String status = "";
    private @Nullable String digest;
    private long total;
    private long completed;

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "status" -> status = value.text();
            case "digest" -> digest = value.textOrNull();
            case "total" -> total = value.longValue();
            case "completed" -> completed = value.longValue();
            default -> value.skip();
        }
    }

    private PullProgress build() {
        return new PullProgress(status, digest, total, completed);
    }

    /** Every line stands for itself. */
    private static final class Decoder implements ChunkDecoder<PullProgress> {

        @Override
        public PullProgress decode(byte[] frame) {
            return JsonReader.read("the report on a download", frame, new OllamaPullParser()).build();
        }

        @Override
        public PullProgress decodeWhole(byte[] body) {
            PullProgress only = decode(body);
            if (!only.isSuccess()) {
                throw new TruncatedResponseException("the download ended without success", ErrorFacts.NONE);
            }
            return only;
        }
    }
}
