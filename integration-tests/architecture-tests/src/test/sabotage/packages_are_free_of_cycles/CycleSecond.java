package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ollama.CycleFirst;

public final class CycleSecond {
    CycleFirst first;
}
