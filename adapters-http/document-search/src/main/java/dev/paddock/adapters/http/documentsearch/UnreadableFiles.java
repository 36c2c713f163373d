package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.FolderScan.FoundFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files whose content cannot be read, so that each is tried once and not again at each update of this process. Thread-safe. */
final class UnreadableFiles {

    private final Map<String, Unreadable> files = new ConcurrentHashMap<>();

    /** Returns why a file cannot be read, or null when it has changed since, or was not tried. */
    @Nullable String reason(String name, FoundFile file) {
        Unreadable known = files.get(name);
        return known != null && known.file.equals(file) ? known.reason : null;
    }

    void add(String name, FoundFile file, String reason) {
        files.put(name, new Unreadable(file, reason));
    }

    private record Unreadable(FoundFile file, String reason) {}
}
