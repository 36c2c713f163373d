package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.durationOrNone;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.path;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.documents.DocumentSettings.Cutting;
import dev.paddock.domain.documents.DocumentSettings.EmbeddedTexts;
import dev.paddock.domain.documents.DocumentSettings.Limits;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the settings of the search of documents from keys. They are checked even when nothing is searched. */
final class DocumentsAssembly {

    private static final String OVERLAP = "paddock.documents.overlap";
    private static final String LARGEST_UPLOAD = "paddock.documents.largest-upload";
    private static final int FEWEST_CHARACTERS = 100;
    private static final int MOST_CHARACTERS = 10_000;
    private static final int MOST_AT_ONCE = 2048;
    private static final int KIBIBYTE = 1 << 10;
    private static final int GIBIBYTE = 1 << 30;

    private final SettingReader reader;

    DocumentsAssembly(SettingReader reader) {
        this.reader = reader;
    }

    /** Returns the settings, or null when nothing is searched. */
    @Nullable DocumentSearchSettings assemble() {
        Path folder = reader.find("paddock.documents.folder", path());
        Path index = reader.find("paddock.documents.index", path());
        Duration rescan = reader.read("paddock.documents.rescan", durationOrNone());
        boolean isInProcess = reader.read("paddock.documents.in-process", flag());
        ModelName model = reader.read("paddock.documents.embedding-model", DocumentsAssembly::model);
        Cutting cutting = cutting();
        EmbeddedTexts embedded = embedded();
        Limits limits = limits();
        Path place = index == null && folder != null ? defaultIndex(folder) : index;
        if (place == null) {
            return null;
        }
        String source = folder == null ? null : folder.toString();
        DocumentSettings settings =
                new DocumentSettings(source, place.toString(), rescan.isZero() ? null : rescan, cutting, embedded, limits);
        return new DocumentSearchSettings(settings, isInProcess ? null : model);
    }

    private Cutting cutting() {
        int characters = reader.read("paddock.documents.characters", wholeNumber(FEWEST_CHARACTERS, MOST_CHARACTERS));
        int overlap = reader.read(OVERLAP, wholeNumber(0, MOST_CHARACTERS));
        if (2 * overlap >= characters) {
            if (reader.isSet(OVERLAP)) {
                reader.report(OVERLAP, "is " + overlap + ", which is not less than half of paddock.documents.characters (" + characters + ")");
            }
            return new Cutting(characters, (characters - 1) / 2);
        }
        return new Cutting(characters, overlap);
    }

    private EmbeddedTexts embedded() {
        return new EmbeddedTexts(
                reader.read("paddock.documents.texts", wholeNumber(1, MOST_AT_ONCE)),
                prefix("paddock.documents.passage-prefix"),
                prefix("paddock.documents.query-prefix"));
    }

    /** Returns a prefix with the blank after it, which values of keys do not have at their ends. */
    private String prefix(String key) {
        String prefix = reader.find(key, text());
        return prefix == null ? "" : prefix + " ";
    }

    private Limits limits() {
        long file = reader.read("paddock.documents.largest-file", manyBytes(KIBIBYTE, GIBIBYTE));
        reader.requireAtMost(LARGEST_UPLOAD, file, "paddock.documents.largest-file");
        return new Limits(file, Math.min(file, reader.read(LARGEST_UPLOAD, manyBytes(KIBIBYTE, GIBIBYTE))));
    }

    private static ModelName model(String text) {
        try {
            return new ModelName(text);
        } catch (InvalidRequestException invalid) {
            throw new InvalidValueException("is not usable: " + invalid.getMessage());
        }
    }

    /** Returns a directory of the user that belongs to the folder: the folder itself may be read-only, or under version control. */
    private static Path defaultIndex(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path name = absolute.getFileName();
        String unique = UUID.nameUUIDFromBytes(absolute.toString().getBytes(UTF_8)).toString().substring(0, 8);
        return Path.of(System.getProperty("user.home"), ".local", "share", "paddock", "documents", (name == null ? "root" : name) + "-" + unique);
    }
}
