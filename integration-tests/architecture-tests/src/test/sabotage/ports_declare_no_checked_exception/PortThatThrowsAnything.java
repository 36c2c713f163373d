package dev.paddock.ports.exchange;

interface PortThatThrowsAnything {
    void open() throws Exception;
}
