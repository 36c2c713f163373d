package dev.paddock.adapters.http.wire;

import com.google.common.collect.ImmutableList;

final class WireOfGuava {
    ImmutableList<String> frames;
}
