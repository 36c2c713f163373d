package dev.paddock.adapters.http.llm;

import dev.paddock.bootstrap.Wiring;

final class AdapterThatWires {
    Wiring wiring = new Wiring();
}
