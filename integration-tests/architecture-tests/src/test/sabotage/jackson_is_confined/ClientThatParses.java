package dev.paddock.adapters.http.llm;

import com.fasterxml.jackson.core.JsonParser;

final class ClientThatParses {
    JsonParser parser;
}
