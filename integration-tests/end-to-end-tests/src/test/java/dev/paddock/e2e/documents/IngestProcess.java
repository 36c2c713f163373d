package dev.paddock.e2e.documents;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.exchange.CallContext;
import java.util.Map;
import java.util.Objects;

/** Indexes a folder in a process of its own. Its arguments are the URL of the model server, the folder and the directory of the index. */
public final class IngestProcess {

    private IngestProcess() {}

    public static void main(String[] arguments) {
        try (Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                .withOverrides("the test", DocumentsIT.settings(arguments[0], arguments[1], arguments[2])))) {
            Objects.requireNonNull(paddock.documents()).update(progress -> {}, CallContext.create());
        }
    }
}
