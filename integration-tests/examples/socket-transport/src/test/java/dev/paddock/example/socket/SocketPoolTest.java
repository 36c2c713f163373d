package dev.paddock.example.socket;

import dev.paddock.tck.transport.PoolTestSuite;

class SocketPoolTest extends PoolTestSuite implements SocketConformance {}
