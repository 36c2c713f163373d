package dev.paddock.ports.llm;

import org.junit.jupiter.api.Test;
import static org.mockito.Mockito.mock;

class MockingTest {
    @Test
    void port_mocked_answers() {
        LlmPort port = mock(LlmPort.class);
    }
}
