package dev.paddock.ports.exchange.routing;

import static java.util.Objects.requireNonNullElse;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.routing.CatalogUnion;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks several servers for their models at the same time. A server that does not answer in time is left out. */
final class UnionCall {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_LIST = 16 << 20;
    private static final Set<String> OF_ONE_BODY = Set.of("content-length", "content-encoding", "transfer-encoding", "etag");

    private final ExchangeRequest request;
    private final CallContext context;
    private final CatalogUnion union;

    UnionCall(ExchangeRequest request, CallContext context, CatalogUnion union, Ticker ticker) {
        this.request = request.withHeaders(request.headers().without("Accept-Encoding")); // lists are read here
        this.union = union;
        Deadline own = Deadline.after(LIMIT, ticker);
        Deadline ofCaller = context.deadline();
        boolean isShorter = ofCaller != null && ofCaller.remaining().compareTo(LIMIT) < 0;
        this.context = context.with(CallRoute.KEY, new AttemptRoute()).withDeadline(isShorter ? ofCaller : own);
    }

    /** Returns the merged answer, or null when no server gave a list that can be merged. */
    @Nullable Exchange open(List<OpenRoute> routes, Map<String, List<String>> aliases) {
        List<CompletableFuture<@Nullable CatalogAnswer>> asked = new ArrayList<>();
        for (OpenRoute route : routes) {
            asked.add(CompletableFuture.supplyAsync(
                    () -> ask(route), task -> Thread.ofVirtual().name("paddock-union").start(task)));
        }
        List<CatalogAnswer> answers = new ArrayList<>();
        for (CompletableFuture<@Nullable CatalogAnswer> one : asked) {
            CatalogAnswer answer = one.join();
            if (answer != null) {
                answers.add(answer);
            }
        }
        if (answers.isEmpty()) {
            return null;
        }
        byte[] first = answers.getFirst().list().bytes();
        byte[] merged = requireNonNullElse(
                union.merge(request.target(), answers.stream().map(answer -> answer.list().bytes()).toList(), aliases), first);
        ExchangeHead head = answers.getFirst().head();
        List<Header> fields = new ArrayList<>(head.headers().fields().stream()
                .filter(field -> !OF_ONE_BODY.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
        fields.add(new Header("Content-Length", String.valueOf(merged.length)));
        return new MergedExchange(new ExchangeHead(head.status(), new Headers(fields), head.framing(), head.provenance()), merged, context);
    }

    private @Nullable CatalogAnswer ask(OpenRoute route) {
        if (!route.enter()) {
            return null;
        }
        try (Exchange answer = route.route().attempts().open(request, context)) {
            List<Frame> frames = new ArrayList<>();
            int size = 0;
            for (Frame frame = answer.next(); frame != null && size <= LONGEST_LIST; frame = answer.next()) {
                frames.add(frame);
                size += frame.bytes().length;
            }
            return answer.head().isSuccess() && size <= LONGEST_LIST ? new CatalogAnswer(answer.head(), joined(frames, size)) : null;
        } catch (LlmException unreachable) {
            return null; // the union of the others is the answer; circuits and polls report it
        } finally {
            route.leave();
        }
    }

    private static Frame joined(List<Frame> frames, int size) {
        byte[] list = new byte[size];
        int end = 0;
        for (Frame frame : frames) {
            System.arraycopy(frame.bytes(), 0, list, end, frame.bytes().length);
            end += frame.bytes().length;
        }
        return Frame.data(list);
    }

    /** The list of one server. */
    private record CatalogAnswer(ExchangeHead head, Frame list) {}
}
