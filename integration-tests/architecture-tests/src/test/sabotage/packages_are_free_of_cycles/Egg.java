package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ollama.Chicken;

public final class Egg {
    Chicken chicken;
}
