package dev.paddock.bootstrap.cli;

import dev.paddock.domain.exchange.BaseUrl;
import java.util.Map;

/** Opens sessions with the configuration of this process. */
final class PaddockSessions implements Sessions {

    @Override
    public Session open(Map<String, String> overrides) {
        return new PlainSession(BaseUrl.parse(overrides.getOrDefault("paddock.base-url", "http://127.0.0.1:11434")), 20);
    }
}
