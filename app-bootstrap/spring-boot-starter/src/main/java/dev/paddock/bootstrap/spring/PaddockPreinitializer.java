package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Uses a client once, which sends nothing, while Spring Boot 4 prepares the application on another thread: loading its classes is most of
 * what the client adds to the start. Spring Boot 3 does not know it.
 */
final class PaddockPreinitializer implements BackgroundPreinitializer {

    @Override
    public void preinitialize() {
        Paddock.start(PaddockSettings.defaults()).close();
    }
}
