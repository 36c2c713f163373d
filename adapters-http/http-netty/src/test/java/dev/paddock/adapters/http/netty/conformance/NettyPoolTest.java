package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.PoolTestSuite;

class NettyPoolTest extends PoolTestSuite implements NettyConformance {}
