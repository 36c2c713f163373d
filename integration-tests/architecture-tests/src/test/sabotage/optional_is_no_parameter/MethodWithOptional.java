package dev.paddock.adapters.http.wire;

import java.util.Optional;

final class MethodWithOptional {
    void write(Optional<String> perhaps) {}
}
