package dev.paddock.adapters.http.wire;

import java.util.Optional;

final class PerhapsAParameter {
    void write(Optional<String> perhaps) {}
}
