package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.LifecycleTestSuite;

class NettyLifecycleTest extends LifecycleTestSuite implements NettyConformance {}
