package dev.paddock.adapters.http.llm;

final class PrintingClient {
    void tell() {
        System.out.println("told");
    }
}
