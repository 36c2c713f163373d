package dev.paddock.tck.example;

import dev.paddock.tck.transport.RequestFidelityTestSuite;

class SocketRequestFidelityTest extends RequestFidelityTestSuite implements SocketConformance {}
