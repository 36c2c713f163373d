package dev.paddock.example.socket;

import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class SocketIncrementalDeliveryTest extends IncrementalDeliveryTestSuite implements SocketConformance {}
