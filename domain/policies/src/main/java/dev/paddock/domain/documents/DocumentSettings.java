package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are searched, and how they are read. Immutable.
 *
 * @param folder the path of the folder of documents, or null for uploads only
 * @param index the path of the directory of the index, which is created
 * @param rescan how often the folder is looked at for changes, or null for never
 * @param cutting how documents are cut into passages
 * @param embedded how their texts are sent to the embedding model
 * @param limits the largest documents
 */
public record DocumentSettings(
        @Nullable String folder, String index, @Nullable Duration rescan, Cutting cutting, EmbeddedTexts embedded, Limits limits) {

    public DocumentSettings {
        require(!index.isBlank(), "an index needs a directory");
        require(folder == null || !folder.isBlank(), "a folder needs a path");
        require(rescan == null || rescan.isPositive(), "the time between two looks at the folder must be positive");
        requireNonNull(cutting, "cutting");
        requireNonNull(embedded, "embedded");
        requireNonNull(limits, "limits");
    }

    /** Returns settings with the defaults for a folder and the directory of its index. */
    public static DocumentSettings of(String folder, String index) {
        return new DocumentSettings(folder, index, null, Cutting.DEFAULT, EmbeddedTexts.DEFAULT, Limits.DEFAULT);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }

    /**
     * How documents are cut into passages: at headings, paragraphs and sentences, in this order.
     *
     * @param characters the largest number of characters of a passage, 100 to 10,000
     * @param overlap how many characters of the end of a passage the next one of the same section repeats at most, less than half of {@code
     *     characters}
     */
    public record Cutting(int characters, int overlap) {

        /** Passages that a small embedding model reads whole. */
        public static final Cutting DEFAULT = new Cutting(1000, 150);

        public Cutting {
            require(characters >= 100 && characters <= 10_000, "passages have 100 to 10000 characters, not " + characters);
            require(overlap >= 0 && 2 * overlap < characters, "passages overlap by less than half of their characters, not by " + overlap);
        }
    }

    /**
     * How texts are sent to the embedding model.
     *
     * @param atOnce how many passages one request has, 1 to 2048
     * @param passagePrefix what stands before each passage, for models that want it; not shown in results
     * @param queryPrefix what stands before each query
     */
    public record EmbeddedTexts(int atOnce, String passagePrefix, String queryPrefix) {

        /** 64 passages at once, without prefixes. */
        public static final EmbeddedTexts DEFAULT = new EmbeddedTexts(64, "", "");

        public EmbeddedTexts {
            require(atOnce >= 1 && atOnce <= 2048, "1 to 2048 passages are embedded at once, not " + atOnce);
            requireNonNull(passagePrefix, "passagePrefix");
            requireNonNull(queryPrefix, "queryPrefix");
        }
    }

    /**
     * The largest documents.
     *
     * @param fileBytes the largest file; larger ones are skipped
     * @param uploadBytes the largest upload; larger ones are refused
     */
    public record Limits(long fileBytes, long uploadBytes) {

        /** Files of 64 MiB and uploads of 10 MiB. */
        public static final Limits DEFAULT = new Limits(64L << 20, 10L << 20);

        public Limits {
            require(fileBytes > 0 && fileBytes <= 1L << 30, "files have at most 1 GiB");
            require(uploadBytes > 0 && uploadBytes <= fileBytes, "uploads are at most as large as files");
        }
    }
}
