package dev.paddock.example.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application that starts and stops; {@code start-cost} runs it with and without the starter. */
@EnableAutoConfiguration
public class EmptyApplication {

    /** Starts and stops. */
    public static void main(String[] arguments) {
        SpringApplication.run(EmptyApplication.class, arguments).close();
    }
}
