package dev.paddock.tck.example;

import dev.paddock.tck.transport.TlsTestSuite;

class SocketTlsTest extends TlsTestSuite implements SocketConformance {}
