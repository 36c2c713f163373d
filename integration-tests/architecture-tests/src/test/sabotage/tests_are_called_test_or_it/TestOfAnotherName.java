package dev.paddock.domain.model;

import org.junit.jupiter.api.Test;

class TestOfAnotherName {
    @Test
    void neverRun() {}
}
