package dev.paddock.domain.model;

import java.util.Optional;

record PerhapsARecord(Optional<String> perhaps) {}
