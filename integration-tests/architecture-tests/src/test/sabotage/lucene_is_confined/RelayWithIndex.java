package dev.paddock.adapters.http.gateway.relay;

import org.apache.lucene.store.ByteBuffersDirectory;

/** SABOTAGE: an index of its own in the relay. */
final class RelayWithIndex {

    Object newIndex() {
        return new ByteBuffersDirectory();
    }
}
