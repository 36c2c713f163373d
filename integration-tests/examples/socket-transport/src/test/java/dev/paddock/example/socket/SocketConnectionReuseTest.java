package dev.paddock.example.socket;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class SocketConnectionReuseTest extends ConnectionReuseTestSuite implements SocketConformance {}
