package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.UnaskedBytesTestSuite;

class Apache5UnaskedBytesTest extends UnaskedBytesTestSuite implements Apache5Conformance {}
