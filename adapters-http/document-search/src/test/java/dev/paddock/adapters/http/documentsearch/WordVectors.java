package dev.paddock.adapters.http.documentsearch;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Vectors of which each word of a text has one value, so that texts with the same words are similar. Records the texts. Thread-safe. */
final class WordVectors implements EmbeddingSourcePort {

    static final String UNFIT = "unfitword";

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private volatile String model = "one";
    private volatile int dimensions = 64;
    private volatile int mostTexts = Integer.MAX_VALUE;

    void useModel(String newModel, int newDimensions) {
        model = newModel;
        dimensions = newDimensions;
    }

    /** Lets every request fail once this many texts were embedded. */
    void failAfter(int count) {
        mostTexts = count;
    }

    /** Returns the texts since the last time, without the one that only shows the model. */
    List<String> takeTexts() {
        synchronized (texts) {
            List<String> taken = texts.stream().filter(text -> !text.equals("space")).sorted().toList();
            texts.clear();
            return taken;
        }
    }

    @Override
    public TextVector embed(String text, CallContext context) {
        if (text.contains(UNFIT)) {
            throw new InvalidRequestException("the text is unfit", ErrorFacts.NONE);
        }
        if (texts.size() >= mostTexts) {
            throw new ServerFailedException("the server failed", ErrorFacts.NONE);
        }
        texts.add(text);
        float[] values = new float[dimensions];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            values[Math.floorMod(word.hashCode(), dimensions)] += 1;
        }
        values[0] += 0.01f;
        return new TextVector(model, Embedding.wrap(values));
    }

    @Override
    public String space(CallContext context) {
        return model;
    }
}
