package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.CancellationTestSuite;

class NettyCancellationTest extends CancellationTestSuite implements NettyConformance {}
