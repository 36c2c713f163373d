package dev.paddock.example.socket;

import dev.paddock.tck.transport.LifecycleTestSuite;

class SocketLifecycleTest extends LifecycleTestSuite implements SocketConformance {}
