package dev.paddock.domain.exchange;

import java.net.Socket;

final class ExchangeOverSockets {
    Socket socket;
}
