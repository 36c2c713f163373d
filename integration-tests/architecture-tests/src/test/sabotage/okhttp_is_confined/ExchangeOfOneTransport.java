package dev.paddock.adapters.http.exchange;

import okio.ByteString;

final class ExchangeOfOneTransport {
    ByteString frame;
}
