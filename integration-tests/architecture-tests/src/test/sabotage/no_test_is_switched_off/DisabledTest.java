package dev.paddock.domain.model;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class DisabledTest {
    @Test
    @Disabled
    void neverRun() {}
}
