package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.ProxyTestSuite;

class OkHttpProxyTest extends ProxyTestSuite implements OkHttpConformance {}
