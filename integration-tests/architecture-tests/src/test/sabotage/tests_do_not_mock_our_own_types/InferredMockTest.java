package dev.paddock.ports.exchange;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class InferredMockTest {
    @Test
    void port_mockedByItsVariable_answers() {
        ExchangePort port = Mockito.mock();
    }
}
