package dev.paddock.example.socket;

import dev.paddock.tck.transport.CancellationTestSuite;

class SocketCancellationTest extends CancellationTestSuite implements SocketConformance {}
