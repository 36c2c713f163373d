package dev.paddock.ports.exchange;

import org.mockito.Mock;

class AnnotatedMockTest {
    @Mock
    private ExchangePort port;
}
