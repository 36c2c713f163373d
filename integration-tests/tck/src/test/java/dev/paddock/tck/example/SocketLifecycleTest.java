package dev.paddock.tck.example;

import dev.paddock.tck.transport.LifecycleTestSuite;

class SocketLifecycleTest extends LifecycleTestSuite implements SocketConformance {}
