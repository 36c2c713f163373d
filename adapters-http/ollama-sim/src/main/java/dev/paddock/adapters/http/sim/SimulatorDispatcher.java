package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.api.Router;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange.ConnectionEndedException;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.recording.Recording.Counter;
import dev.paddock.adapters.http.sim.script.AnswerScript;
import dev.paddock.adapters.http.sim.script.CallReader;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes one request from its arrival to the end of its answer. Runs on a thread of its own for each request. */
final class SimulatorDispatcher {
    private static final Pattern TRUSTED_ORIGIN = Pattern.compile(
        "https?://(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)(:.*)?|(app|file|tauri|vscode-webview|vscode-file)://.*");
    private static final Pattern LOCAL_NAME = Pattern.compile("|localhost|.*\\.(localhost|local|internal)");

    private final SimulatorState state;
    private final Router router;
    private final boolean checksHost;

    SimulatorDispatcher(SimulatorState state) {
        this.state = state;
        this.router = new Router(state);
        this.checksHost = isLoopback(state.settings().host());
    }

    void serve(SimulatedExchange exchange) {
        try {
            if (exchange.request().number() == 1) {
                exchange.pause(state.settings().connectionCost());
            }
            applyScript(exchange);
            if (!applyOpeningFaults(exchange) && admits(exchange)) {
                router.route(exchange);
            }
            state.recording().increment(Counter.RESPONSES_COMPLETED);
        } catch (ConnectionEndedException ended) {
            if (ended.byClient()) {
                countDisconnect(exchange);
            }
        } catch (RuntimeException panic) {
            recover(exchange);
        }
    }

    private void applyScript(SimulatedExchange exchange) {
        AnswerScript script = state.script().get();
        ReceivedCall call = script.equals(AnswerScript.NONE) ? null : CallReader.read(exchange.request(), exchange.body());
        ScriptedAnswer answer = call == null ? null : script.answerTo(call);
        if (answer != null) {
            exchange.answer(answer);
        }
    }

    private void countDisconnect(SimulatedExchange exchange) {
        if (exchange.isWorking()) {
            state.recording().increment(Counter.DISCONNECTS_DURING_GENERATION);
        }
        state.recording().increment(Counter.DISCONNECTS);
    }

    /** What Go's server does when a handler panics. */
    private static void recover(SimulatedExchange exchange) {
        if (exchange.responder().started()) {
            exchange.close(TcpClose.CLOSE);
        } else {
            exchange.responder().respond(500);
        }
    }

    /** Returns whether a fault has answered the request. */
    private static boolean applyOpeningFaults(SimulatedExchange exchange) {
        FaultScript plan = exchange.faults();
        plan.find(Fault.Delay.class).ifPresent(delay -> exchange.pause(delay.duration()));
        plan.find(Fault.Hold.class).ifPresent(hold -> exchange.await(hold.latch()));
        plan.find(Fault.Disconnect.class).ifPresent(disconnect -> exchange.abort(disconnect.ending()));
        plan.find(Fault.GarbageBytes.class).ifPresent(garbage -> {
            exchange.send(garbage.bytes().getBytes(StandardCharsets.ISO_8859_1));
            exchange.abort(TcpClose.CLOSE);
        });
        Optional<Fault.FixedResponse> fixed = plan.find(Fault.FixedResponse.class);
        fixed.ifPresent(response -> {
            response.headers().forEach(exchange.responder()::header);
            exchange.responder().respond(response.status(), response.contentType(), response.body());
        });
        return fixed.isPresent();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /**
     * Refuses foreign origins and, on a loopback listener, foreign host names, with an empty 403. Origin comes first.
     *
     * @return whether the request may go on; otherwise it has been answered
     */
    private boolean admits(SimulatedExchange exchange) {
        String host = exchange.request().header("Host").orElse("");
        Optional<String> origin = exchange.request().header("Origin");
        boolean trusted = origin.isEmpty() || trusts(origin.get(), host);
        if (trusted && origin.isPresent()) {
            exchange.responder().header("Access-Control-Allow-Origin", origin.get());
            exchange.responder().header("Vary", "Origin");
            if ("OPTIONS".equals(exchange.request().method())) {
                respondPreflight(exchange.responder());
                return false;
            }
        }
        if (trusted && (!checksHost || isLocal(withoutPort(host)))) {
            return true;
        }
        exchange.responder().respond(403);
        return false;
    }

    private static void respondPreflight(SimulatedResponseWriter responder) {
        responder.header("Access-Control-Allow-Methods", "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
        responder.header("Access-Control-Allow-Headers",
            "Authorization,Content-Type,User-Agent,Accept,X-Requested-With");
        responder.header("Access-Control-Max-Age", "43200");
        responder.respond(204);
    }

    private static boolean trusts(String origin, String host) {
        return origin.equals("http://" + host) || origin.equals("https://" + host)
            || TRUSTED_ORIGIN.matcher(origin).matches();
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            return host.substring(1, Math.max(1, host.indexOf(']')));
        }
        int colon = host.indexOf(':');
        return colon >= 0 && colon == host.lastIndexOf(':') ? host.substring(0, colon) : host;
    }

    private static boolean isLocal(String host) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        return address == null
            ? LOCAL_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches()
            : address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isSiteLocalAddress();
    }
}
