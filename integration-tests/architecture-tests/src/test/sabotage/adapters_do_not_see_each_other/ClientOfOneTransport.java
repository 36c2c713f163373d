package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.apache5.SomeTransport;

final class ClientOfOneTransport {
    SomeTransport transport;
}
