package dev.paddock.tck.example;

import dev.paddock.tck.transport.BodyTestSuite;

class SocketBodyTest extends BodyTestSuite implements SocketConformance {}
