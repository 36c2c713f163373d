package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.RequestFidelityTestSuite;

class OkHttpRequestFidelityTest extends RequestFidelityTestSuite implements OkHttpConformance {}
