package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.apache5.SomeTransport;

final class TransportOverAnother {
    SomeTransport other;
}
