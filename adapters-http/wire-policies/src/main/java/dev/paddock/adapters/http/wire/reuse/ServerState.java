package dev.paddock.adapters.http.wire.reuse;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what makes an answer depend on more than the request and the model: stored state, tools of the server, and documents elsewhere. */
final class ServerState {

    /** Fields of a request of which any value but null, false and nothing refers to state or tools of the server. */
    private static final Set<String> FIELDS = Set.of(
            "previous_response_id", "conversation", "store", "background", "web_search_options", "mcp_servers", "container",
            "search_parameters", "plugins", "data_sources", "_debug_render_only");

    /** Types of tools that the client runs itself. */
    private static final Set<String> CLIENT_TOOLS = Set.of("function", "custom");

    private static final Set<String> ADDRESSES = Set.of("url", "image_url", "file_url");
    private static final Set<String> STORED = Set.of("file_id", "vector_store_ids");

    private ServerState() {}

    /** Returns whether a request depends on more than itself and the model. */
    static boolean isIn(Map<String, @Nullable Object> request) {
        for (Map.Entry<String, @Nullable Object> field : request.entrySet()) {
            if (FIELDS.contains(field.getKey()) && isSet(field.getValue())) {
                return true;
            }
        }
        return hasServerTool(request.get("tools"))
                || refersElsewhere(request.get("messages"))
                || refersElsewhere(request.get("input"));
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null && !value.equals(false) && !value.equals("") && !value.equals(List.of()) && !value.equals(Map.of());
    }

    private static boolean hasServerTool(@Nullable Object tools) {
        return tools instanceof List<?> list
                && list.stream().anyMatch(tool -> tool instanceof Map<?, ?> map
                        && map.get("type") != null
                        && !CLIENT_TOOLS.contains(String.valueOf(map.get("type"))));
    }

    /** Returns whether a part of a conversation is only referred to, so that it may be another one tomorrow. */
    private static boolean refersElsewhere(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> anyRefersElsewhere(list);
            case Map<?, ?> map -> "item_reference".equals(map.get("type")) || hasReference(map) || anyRefersElsewhere(map.values());
            case null, default -> false;
        };
    }

    private static boolean anyRefersElsewhere(Collection<?> values) {
        for (Object value : values) {
            if (refersElsewhere(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasReference(Map<?, ?> map) {
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (isReference(member.getKey(), member.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReference(Object name, @Nullable Object value) {
        return (STORED.contains(name) && isSet(value))
                || (ADDRESSES.contains(name) && value instanceof String address && !isData(address));
    }

    private static boolean isData(String address) {
        return address.length() >= 5 && address.substring(0, 5).toLowerCase(Locale.ROOT).equals("data:");
    }
}
