package dev.paddock.adapters.http.llm;

final class TalkativeClient {
    void tell() {
        System.out.println("told");
    }
}
