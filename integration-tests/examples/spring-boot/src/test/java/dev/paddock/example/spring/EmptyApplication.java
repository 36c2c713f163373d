package dev.paddock.example.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that starts and is killed once it is ready, or after its first call; {@code start-cost} runs it with and without the
 * starter.
 */
@EnableAutoConfiguration
public class EmptyApplication {

    /** Starts. */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext application = SpringApplication.run(EmptyApplication.class, arguments);
        String call = application.getEnvironment().getProperty("first-call");
        if (call != null) {
            System.out.println(FirstCall.milliseconds(application, call.equals("opened")));
        }
        Runtime.getRuntime().halt(0);
    }
}
