package dev.paddock.bootstrap;

import org.apache.hc.core5.util.Timeout;

final class WiringOfOneTransport {
    Timeout timeout;
}
