package dev.paddock.tck.example;

import dev.paddock.tck.transport.TimeoutTestSuite;

class SocketTimeoutTest extends TimeoutTestSuite implements SocketConformance {}
