package dev.paddock.adapters.metrics;

import dev.paddock.tck.TestKit;

final class AdapterThatKnowsTheKit {
    TestKit kit = new TestKit();
}
