package dev.paddock.tck.example;

import dev.paddock.tck.transport.PoolTestSuite;

class SocketPoolTest extends PoolTestSuite implements SocketConformance {}
