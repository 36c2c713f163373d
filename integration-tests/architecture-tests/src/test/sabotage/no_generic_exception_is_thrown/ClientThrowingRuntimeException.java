package dev.paddock.adapters.http.llm;

final class ClientThrowingRuntimeException {
    void fail() {
        throw new RuntimeException("something");
    }
}
