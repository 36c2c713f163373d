package dev.paddock.ports.exchange;

import java.io.InputStream;

interface PortOfStreams {
    InputStream open();
}
