package dev.paddock.adapters.http.wire;

import dev.paddock.ports.llm.LlmPort;

final class WireThatAsks {
    LlmPort port;
}
