package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.LifetimeTestSuite;

class NettyLifetimeTest extends LifetimeTestSuite implements NettyConformance {}
