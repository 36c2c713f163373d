package dev.paddock.domain.model;

import dev.paddock.ports.llm.LlmPort;

final class ModelThatAsks {
    LlmPort port;
}
