package dev.paddock.example.socket;

import dev.paddock.tck.transport.UnaskedBytesTestSuite;

class SocketUnaskedBytesTest extends UnaskedBytesTestSuite implements SocketConformance {}
