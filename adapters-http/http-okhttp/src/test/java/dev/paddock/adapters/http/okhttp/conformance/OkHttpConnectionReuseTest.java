package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class OkHttpConnectionReuseTest extends ConnectionReuseTestSuite implements OkHttpConformance {}
