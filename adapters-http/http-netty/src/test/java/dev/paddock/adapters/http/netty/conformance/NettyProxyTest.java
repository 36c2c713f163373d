package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.ProxyTestSuite;

class NettyProxyTest extends ProxyTestSuite implements NettyConformance {}
