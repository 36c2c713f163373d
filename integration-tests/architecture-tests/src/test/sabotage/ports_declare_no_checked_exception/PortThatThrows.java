package dev.paddock.ports.pool;

interface PortThatThrows {
    void release() throws InterruptedException;
}
