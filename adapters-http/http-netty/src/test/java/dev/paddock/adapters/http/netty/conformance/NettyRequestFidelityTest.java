package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.RequestFidelityTestSuite;

class NettyRequestFidelityTest extends RequestFidelityTestSuite implements NettyConformance {}
