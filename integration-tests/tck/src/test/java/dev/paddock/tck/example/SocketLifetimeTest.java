package dev.paddock.tck.example;

import dev.paddock.tck.transport.LifetimeTestSuite;

class SocketLifetimeTest extends LifetimeTestSuite implements SocketConformance {}
