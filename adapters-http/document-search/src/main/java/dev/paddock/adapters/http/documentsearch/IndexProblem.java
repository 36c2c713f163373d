package dev.paddock.adapters.http.documentsearch;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.Version;

/** Says what is wrong with an index on disk, and what helps. Stateless. */
final class IndexProblem {

    private static final String REMEDY = "; delete the directory and index again, or use another one."
            + " Documents that clients have added are only in the index, and have to be added again";

    private IndexProblem() {}

    /** Returns why an index cannot be opened. */
    static DocumentException whileOpening(Path path, Exception failure) {
        if (failure instanceof DocumentException known) {
            return known;
        }
        if (failure instanceof LockObtainFailedException) {
            return new DocumentException(
                    DocumentFailure.INDEX_IN_USE,
                    "the index " + path + " is in use by another process, such as a gateway, which keeps it up to date by itself",
                    failure);
        }
        return isOfOtherVersion(failure) ? ofOtherVersion(path, failure) : whileUsing(path, "opened", failure);
    }

    /** Returns why an open index cannot be used. */
    static DocumentException whileUsing(Path path, String verb, Exception failure) {
        if (failure instanceof DocumentException known) {
            return known;
        }
        String damaged = isDamage(failure) ? ", because it is damaged" : "";
        return new DocumentException(
                DocumentFailure.NOT_ACCESSIBLE,
                "the index " + path + " cannot be " + verb + damaged + ": " + reason(failure) + (damaged.isEmpty() ? "" : REMEDY),
                failure);
    }

    /** Returns that an index has no documents of this software, so that it is somebody else's. */
    static DocumentException foreign(Path path) {
        return new DocumentException(
                DocumentFailure.NOT_ACCESSIBLE, "the directory " + path + " has an index of other software; use another directory for the index");
    }

    private static DocumentException ofOtherVersion(Path path, Exception failure) {
        return new DocumentException(
                DocumentFailure.NOT_ACCESSIBLE,
                "the index " + path + " was written by another version of Lucene than " + Version.LATEST + ", which cannot read it, or is damaged" + REMEDY,
                failure);
    }

    /** A format of a segment that is not on the class path is that of an earlier or later version, too. */
    private static boolean isOfOtherVersion(Exception failure) {
        return failure instanceof IndexFormatTooOldException
                || failure instanceof IndexFormatTooNewException
                || (failure instanceof IllegalArgumentException && reason(failure).contains("SPI class"));
    }

    /** What the search library throws at runtime is about bytes that it does not understand. */
    private static boolean isDamage(Exception failure) {
        return failure instanceof CorruptIndexException
                || failure instanceof EOFException
                || failure instanceof NoSuchFileException
                || failure instanceof FileNotFoundException
                || !(failure instanceof IOException || failure instanceof AlreadyClosedException);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
