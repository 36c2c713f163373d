package dev.paddock.example.socket;

import dev.paddock.tck.transport.RequestFidelityTestSuite;

class SocketRequestFidelityTest extends RequestFidelityTestSuite implements SocketConformance {}
