package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.apache5.internal.Inside;

final class Burglar {
    Inside inside;
}
