package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.openai.CycleSecond;

public final class CycleFirst {
    CycleSecond second;
}
