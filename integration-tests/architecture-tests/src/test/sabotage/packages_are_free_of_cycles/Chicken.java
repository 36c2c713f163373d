package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.openai.Egg;

public final class Chicken {
    Egg egg;
}
