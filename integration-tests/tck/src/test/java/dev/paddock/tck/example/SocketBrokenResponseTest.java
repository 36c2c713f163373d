package dev.paddock.tck.example;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class SocketBrokenResponseTest extends BrokenResponseTestSuite implements SocketConformance {}
