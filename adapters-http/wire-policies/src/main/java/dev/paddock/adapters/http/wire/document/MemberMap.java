package dev.paddock.adapters.http.wire.document;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in their order, for the few that usual objects have: it is searched from its start, and has no object for
 * each member. Not thread-safe.
 */
final class MemberMap extends AbstractMap<String, @Nullable Object> {

    private static final int USUAL_MEMBERS = 4;

    private @Nullable Object[] members = new @Nullable Object[2 * USUAL_MEMBERS]; // names and values, alternately
    private int end;

    /** Adds a member that is not there yet. */
    void add(String name, @Nullable Object value) {
        if (end == members.length) {
            members = Arrays.copyOf(members, 2 * end);
        }
        members[end] = name;
        members[end + 1] = value;
        end += 2;
    }

    @Override
    public int size() {
        return end / 2;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : members[index + 1];
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        int index = indexOf(name);
        if (index < 0) {
            add(name, value);
            return null;
        }
        Object before = members[index + 1];
        members[index + 1] = value;
        return before;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new Members();
    }

    private int indexOf(@Nullable Object name) {
        for (int index = 0; index < end; index += 2) {
            if (Objects.equals(members[index], name)) {
                return index;
            }
        }
        return -1;
    }

    private void removeAt(int index) {
        System.arraycopy(members, index + 2, members, index, end - index - 2);
        end -= 2;
        members[end] = null;
        members[end + 1] = null;
    }

    private final class Members extends AbstractSet<Map.Entry<String, @Nullable Object>> {

        @Override
        public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
            return new MemberIterator();
        }

        @Override
        public int size() {
            return MemberMap.this.size();
        }
    }

    private final class MemberIterator implements Iterator<Map.Entry<String, @Nullable Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (next >= end) {
                throw new NoSuchElementException();
            }
            next += 2;
            return new SimpleImmutableEntry<>((String) Objects.requireNonNull(members[next - 2]), members[next - 1]);
        }

        @Override
        public void remove() {
            next -= 2;
            removeAt(next);
        }
    }
}
