package dev.paddock.adapters.http.wire;

import com.fasterxml.jackson.databind.JsonNode;

final class WireOfTrees {
    JsonNode tree;
}
