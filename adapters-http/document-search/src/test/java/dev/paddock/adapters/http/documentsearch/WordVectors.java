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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Vectors of which each word of a text has one value, so that texts with the same words are similar. Records the texts. Thread-safe. */
final class WordVectors implements EmbeddingSourcePort {

    static final String UNFIT = "unfitword";

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private volatile String model = "one";
    private volatile int dimensions = 64;
    private volatile int mostTexts = Integer.MAX_VALUE;
    private volatile float scale = 1;
    private volatile @Nullable HeldText held;

    void useModel(String newModel, int newDimensions) {
        model = newModel;
        dimensions = newDimensions;
    }

    /** Lets every request fail once this many texts were embedded. */
    void failAfter(int count) {
        mostTexts = count;
    }

    /** Multiplies all values. */
    void useScale(float newScale) {
        scale = newScale;
    }

    /** Lets the next request for a text wait until it is released. */
    HeldText hold(String text) {
        HeldText holding = new HeldText(text, new CountDownLatch(1), new CountDownLatch(1));
        held = holding;
        return holding;
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
        HeldText holding = held;
        if (holding != null && holding.text.equals(text)) {
            held = null;
            holding.arrived.countDown();
            await(holding.released);
        }
        float[] values = new float[dimensions];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            values[Math.floorMod(word.hashCode(), dimensions)] += 1;
        }
        values[0] += 0.01f;
        for (int index = 0; index < dimensions; index++) {
            values[index] *= scale;
        }
        return new TextVector(model, Embedding.wrap(values));
    }

    @Override
    public String space(CallContext context) {
        return model;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("nothing came");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /**
     * A text whose vector is held back.
     *
     * @param arrived opens when the text was sent
     * @param released lets it go on
     */
    record HeldText(String text, CountDownLatch arrived, CountDownLatch released) {

        void awaitArrival() {
            await(arrived);
        }

        void release() {
            released.countDown();
        }
    }
}
