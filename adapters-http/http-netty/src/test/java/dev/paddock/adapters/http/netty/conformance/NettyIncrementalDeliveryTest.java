package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class NettyIncrementalDeliveryTest extends IncrementalDeliveryTestSuite implements NettyConformance {}
