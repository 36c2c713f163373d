package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.exchange.ExchangePort;

public class InheritableDecorator implements ExchangePort {
    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        throw new UnsupportedOperationException();
    }
}
