package dev.paddock.adapters.http.wire.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonCatalogUnionTest {

    private static final String ONE = "{\"models\":[{\"name\":\"a:latest\",\"model\":\"a:latest\",\"size\":1},{\"name\":\"b:1\",\"size\":2}]}";
    private static final String TWO = "{\"models\":[{\"name\":\"A\",\"size\":3},{\"name\":\"c:latest\",\"size\":4}]}";

    @Test
    void merge_nativeLists_hasEachNameOnceAndTheAliases() {
        assertThat(merge("/api/tags", Map.of("smart", List.of("missing", "a")), ONE, TWO))
                .isEqualTo("{\"models\":[{\"name\":\"a:latest\",\"model\":\"a:latest\",\"size\":1},{\"name\":\"b:1\",\"size\":2},"
                        + "{\"name\":\"c:latest\",\"size\":4},{\"name\":\"smart\",\"model\":\"smart\",\"size\":1}]}");
    }

    @Test
    void merge_compatibleLists_hasEachIdOnce() {
        String one = "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"object\":\"model\"}]}";
        String two = "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"object\":\"model\"},{\"id\":\"b\"}]}";

        assertThat(merge("/v1/models", Map.of(), one, two))
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"object\":\"model\"},{\"id\":\"b\"}]}");
    }

    @Test
    void merge_emptyOrNullLists_isAnEmptyList() {
        assertThat(merge("/api/ps", Map.of(), "{\"models\":null}", "{}")).isEqualTo("{\"models\":[]}");
    }

    @Test
    void merge_listThatIsNone_isNone() {
        assertThat(merge("/api/tags", Map.of(), ONE, "[]")).isNull();
        assertThat(merge("/api/tags", Map.of(), "nonsense")).isNull();
    }

    @Test
    void merge_entriesWithoutAName_areLeftOut() {
        assertThat(merge("/api/tags", Map.of(), "{\"models\":[1, {}, {\"name\":7}, {\"name\":\"x\"}]}")).isEqualTo("{\"models\":[{\"name\":\"x\"}]}");
    }

    private static @Nullable String merge(String target, Map<String, List<String>> aliases, String... lists) {
        byte[] merged = new JsonCatalogUnion().merge(target, Stream.of(lists).map(list -> list.getBytes(UTF_8)).toList(), aliases);
        return merged == null ? null : new String(merged, UTF_8);
    }
}
