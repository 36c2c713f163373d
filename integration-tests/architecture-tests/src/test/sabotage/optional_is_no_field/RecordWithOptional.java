package dev.paddock.domain.model;

import java.util.Optional;

record RecordWithOptional(Optional<String> perhaps) {}
