package dev.paddock.example.socket;

import dev.paddock.tck.transport.BodyTestSuite;

class SocketBodyTest extends BodyTestSuite implements SocketConformance {}
