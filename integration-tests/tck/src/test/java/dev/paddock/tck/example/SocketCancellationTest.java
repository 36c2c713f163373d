package dev.paddock.tck.example;

import dev.paddock.tck.transport.CancellationTestSuite;

class SocketCancellationTest extends CancellationTestSuite implements SocketConformance {}
