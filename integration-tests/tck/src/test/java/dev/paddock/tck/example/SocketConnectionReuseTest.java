package dev.paddock.tck.example;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class SocketConnectionReuseTest extends ConnectionReuseTestSuite implements SocketConformance {}
