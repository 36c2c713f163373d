package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class OkHttpBrokenResponseTest extends BrokenResponseTestSuite implements OkHttpConformance {}
