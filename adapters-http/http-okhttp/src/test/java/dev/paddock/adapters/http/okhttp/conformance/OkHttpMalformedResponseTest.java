package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.MalformedResponseTestSuite;

class OkHttpMalformedResponseTest extends MalformedResponseTestSuite implements OkHttpConformance {}
