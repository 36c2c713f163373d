package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.catalog.PullProgress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One report on a download. Ollama leaves out the numbers that are zero. */
final class OllamaPullParser implements OllamaResponseParser<PullProgress> {

    static final String WHAT = "the report on a download";

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

    @Override
    public PullProgress chunk() {
        return new PullProgress(status, digest, total, completed);
    }

    @Override
    public PullProgress onlyChunk() {
        if (!isLast()) {
            throw new TruncatedResponseException("the download ended without success", ErrorFacts.NONE);
        }
        return chunk();
    }

    @Override
    public String model() {
        return "";
    }

    @Override
    public boolean isLast() {
        return chunk().isSuccess();
    }
}
