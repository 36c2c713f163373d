package dev.paddock.bootstrap.spring;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.Paddock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Opens the client in the background once the application is ready, so that neither its start nor its first call waits for it. A call that
 * comes earlier opens it. It sends nothing.
 */
final class OpeningWhenReady implements ApplicationListener<ApplicationReadyEvent> {

    private final Paddock paddock;

    OpeningWhenReady(Paddock paddock) {
        this.paddock = requireNonNull(paddock, "paddock");
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Thread.ofPlatform().daemon().name("paddock-opening").start(paddock::open);
    }
}
