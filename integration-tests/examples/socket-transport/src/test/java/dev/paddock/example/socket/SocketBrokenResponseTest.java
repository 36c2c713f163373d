package dev.paddock.example.socket;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class SocketBrokenResponseTest extends BrokenResponseTestSuite implements SocketConformance {}
