package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.support.SpringFactoriesLoader;

class BackgroundLoadingTest {

    @Test
    void listeners_ofSpring_loadTheSettings() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationListener.class))
                .hasAtLeastOneElementOfType(BackgroundLoading.class);
    }
}
