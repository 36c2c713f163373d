package dev.paddock.example.socket;

import dev.paddock.tck.transport.LifetimeTestSuite;

class SocketLifetimeTest extends LifetimeTestSuite implements SocketConformance {}
