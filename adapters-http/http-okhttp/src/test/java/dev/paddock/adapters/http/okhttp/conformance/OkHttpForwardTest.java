package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.ForwardTestSuite;

class OkHttpForwardTest extends ForwardTestSuite implements OkHttpConformance {}
