package dev.paddock.bootstrap.cli;

import java.util.Map;

/** Opens sessions with the configuration of this process. */
final class PaddockSessions implements Sessions {

    @Override
    public Session open(Map<String, String> overrides) {
        throw new UnsupportedOperationException("not yet");
    }
}
