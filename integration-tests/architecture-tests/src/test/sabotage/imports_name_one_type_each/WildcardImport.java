package dev.paddock.domain.model;

import java.util.*;

final class WildcardImport {
    List<String> all;
}
