package dev.paddock.adapters.http.llm;

final class VagueClient {
    void fail() {
        throw new RuntimeException("something");
    }
}
