package dev.paddock.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.generation.ToolCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Free-form values as a tool call carries them. */
class PlainValuesTest {

    @Test
    void new_everyPlainType_isKeptWithItsOrder() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("z", null);
        arguments.put("flag", true);
        arguments.put("number", new BigDecimal("1.10"));
        arguments.put("a", "text");
        arguments.put("list", Arrays.asList(1, null, "x"));
        arguments.put("map", Map.of("inner", 1L));

        ToolCall call = call(arguments);
        assertThat(call.arguments()).isEqualTo(arguments);
        assertThat(call.arguments().keySet()).containsExactly("z", "flag", "number", "a", "list", "map");
    }

    @Test
    void new_originalsChangedLater_areNotSeenAtAnyDepth() {
        List<Object> innermost = new ArrayList<>(List.of("kept"));
        Map<String, Object> inner = new HashMap<>(Map.of("list", innermost));
        List<Object> middle = new ArrayList<>(List.of(inner));
        Map<String, Object> arguments = new HashMap<>(Map.of("middle", middle));
        ToolCall call = call(arguments);

        innermost.add("late");
        inner.put("late", 1);
        middle.add("late");
        arguments.put("late", 1);

        assertThat(call.arguments()).isEqualTo(Map.of("middle", List.of(Map.of("list", List.of("kept")))));
    }

    @Test
    void arguments_anyDepth_cannotBeChanged() {
        ToolCall call = call(new HashMap<>(Map.of("list", new ArrayList<>(List.of(new HashMap<>(Map.of("a", 1)))))));
        List<?> list = (List<?>) call.arguments().get("list");
        Map<?, ?> map = (Map<?, ?>) list.get(0);

        assertThatThrownBy(() -> call.arguments().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void new_valueWithoutAJsonForm_isRefused() {
        for (Object value : List.of(Instant.EPOCH, new int[] {1}, 'c', new Object(), Set.of(1))) {
            assertThatThrownBy(() -> call(Map.of("a", List.of(Map.of("b", value)))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(value.getClass().getName());
        }
    }

    @Test
    void new_keyThatIsNoString_isRefused() {
        assertThatThrownBy(() -> call(Map.of("a", Map.of(1, "b")))).isInstanceOf(InvalidRequestException.class);
        Map<String, Object> withNull = new HashMap<>();
        withNull.put(null, 1);
        assertThatThrownBy(() -> call(withNull)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void new_nestedTooDeepOrInItself_isRefused() {
        assertThat(call(nested(100)).arguments()).hasSize(1);
        assertThatThrownBy(() -> call(nested(101)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("100");

        Map<String, Object> itself = new HashMap<>();
        itself.put("self", itself);
        assertThatThrownBy(() -> call(itself)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void new_numberThatJsonDoesNotHave_isRefused() {
        for (Object number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
            assertThatThrownBy(() -> call(Map.of("a", number))).isInstanceOf(InvalidRequestException.class);
        }
    }

    private static ToolCall call(Map<String, Object> arguments) {
        return new ToolCall(null, "tool", arguments);
    }

    /** Returns a map whose innermost value is the given number of levels down. */
    private static Map<String, Object> nested(int levels) {
        Object value = "deepest";
        for (int i = 1; i < levels; i++) {
            value = List.of(value);
        }
        return Map.of("a", value);
    }
}
