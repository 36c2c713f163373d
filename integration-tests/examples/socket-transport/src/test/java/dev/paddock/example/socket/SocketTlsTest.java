package dev.paddock.example.socket;

import dev.paddock.tck.transport.TlsTestSuite;

class SocketTlsTest extends TlsTestSuite implements SocketConformance {}
