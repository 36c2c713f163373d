package dev.paddock.example.socket;

import dev.paddock.tck.transport.ProxyTestSuite;

class SocketProxyTest extends ProxyTestSuite implements SocketConformance {}
