package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.apache5.internal.InternalType;

final class UserOfForeignInternal {
    InternalType inside;
}
