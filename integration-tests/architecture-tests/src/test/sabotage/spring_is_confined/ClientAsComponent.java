package dev.paddock.bootstrap;

import org.springframework.context.annotation.Bean;

/** SABOTAGE: a client that knows its container. */
final class ClientAsComponent {

    @Bean
    Object client() {
        return this;
    }
}
