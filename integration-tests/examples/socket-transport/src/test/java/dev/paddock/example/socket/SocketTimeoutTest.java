package dev.paddock.example.socket;

import dev.paddock.tck.transport.TimeoutTestSuite;

class SocketTimeoutTest extends TimeoutTestSuite implements SocketConformance {}
