package dev.paddock.ports.llm;

import static org.mockito.Mockito.spy;

import org.junit.jupiter.api.Test;

class SpyingTest {
    @Test
    void port_spiedOn_answers() {
        LlmPort real = null;
        LlmPort port = spy(real);
    }
}
