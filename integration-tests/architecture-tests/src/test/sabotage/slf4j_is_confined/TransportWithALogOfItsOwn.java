package dev.paddock.adapters.http.apache5;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class TransportWithALogOfItsOwn {
    private static final Logger LOGGER = LoggerFactory.getLogger(TransportWithALogOfItsOwn.class);
}
