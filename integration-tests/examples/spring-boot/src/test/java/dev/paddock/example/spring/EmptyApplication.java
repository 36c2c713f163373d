package dev.paddock.example.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application that starts and is killed once it is ready; {@code start-cost} runs it with and without the starter. */
@EnableAutoConfiguration
public class EmptyApplication {

    /** Starts. */
    public static void main(String[] arguments) {
        SpringApplication.run(EmptyApplication.class, arguments);
        Runtime.getRuntime().halt(0);
    }
}
