package dev.paddock.example.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that asks models; the starter makes the beans. */
@SpringBootApplication(proxyBeanMethods = false)
public final class ChatApplication {

    private ChatApplication() {}

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(ChatApplication.class, arguments);
    }
}
