package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.TlsTestSuite;

class OkHttpTlsTest extends TlsTestSuite implements OkHttpConformance {}
