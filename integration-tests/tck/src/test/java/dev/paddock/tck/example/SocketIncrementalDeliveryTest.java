package dev.paddock.tck.example;

import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class SocketIncrementalDeliveryTest extends IncrementalDeliveryTestSuite implements SocketConformance {}
