package dev.paddock.adapters.http.pool;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class QualifiedMockTest {
    @Test
    void port_mockedByItsFullName_answers() {
        Object port = Mockito.mock(dev.paddock.ports.llm.LlmPort.class);
    }
}
