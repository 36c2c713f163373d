package dev.paddock.benchmarks.contender;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.paddock.adapters.http.bridge.langchain4j.PaddockHttpClientBuilder;
import dev.paddock.adapters.http.bridge.spring.PaddockClientHttpConnector;
import dev.paddock.adapters.http.bridge.spring.PaddockClientHttpRequestFactory;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.BaseUrl;
import java.util.Arrays;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/** The ways of making calls that are compared, in the order of the tables. */
public enum Contender {
    SOCKET("socket", "limit: bare socket, no JSON library"),
    SOCKET_JACKSON("socket-jackson", "limit: bare socket, Jackson"),
    HTTPCLIENT5("httpclient5", "raw HttpClient 5, Jackson"),
    JDK("jdk", "raw java.net.http, Jackson"),
    PADDOCK_APACHE5("paddock-apache5", "**Paddock, apache5**"),
    PADDOCK_JDK("paddock-jdk", "**Paddock, jdk**"),
    PADDOCK_OKHTTP("paddock-okhttp", "**Paddock, okhttp**"),
    PADDOCK_NETTY("paddock-netty", "**Paddock, netty**"),
    PADDOCK_OPENAI("paddock-openai", "**Paddock, apache5, OpenAI's API**"),
    LANGCHAIN4J_HTTPCLIENT5("langchain4j-httpclient5", "LangChain4j, HttpClient 5"),
    LANGCHAIN4J_PADDOCK("langchain4j-paddock", "LangChain4j over Paddock, apache5"),
    LANGCHAIN4J_JDK("langchain4j-jdk", "LangChain4j, JDK (its default)"),
    SPRING_AI("spring-ai", "Spring AI, JDK"),
    SPRING_AI_PADDOCK("spring-ai-paddock", "Spring AI over Paddock, jdk"),
    OLLAMA4J("ollama4j", "ollama4j");

    private final String label;
    private final String title;

    Contender(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /** Returns the contender with the given name of the command line. */
    public static Contender named(String name) {
        return Arrays.stream(values())
                .filter(contender -> contender.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender " + name));
    }

    /** Creates a client of the server at a port of this machine. */
    public ContenderClient open(int port) {
        String base = "http://127.0.0.1:" + port;
        return switch (this) {
            case SOCKET -> new SocketContenderClient(port, new PlainBodies());
            case SOCKET_JACKSON -> new SocketContenderClient(port, new JacksonBodies());
            case HTTPCLIENT5 -> new HttpClient5ContenderClient(base);
            case JDK -> new JdkContenderClient(base);
            case PADDOCK_APACHE5 -> new PaddockContenderClient(PaddockContenderClient.start(base, "apache5", "ollama"));
            case PADDOCK_JDK -> new PaddockContenderClient(PaddockContenderClient.start(base, "jdk", "ollama"));
            case PADDOCK_OKHTTP -> new PaddockContenderClient(PaddockContenderClient.start(base, "okhttp", "ollama"));
            case PADDOCK_NETTY -> new PaddockContenderClient(PaddockContenderClient.start(base, "netty", "ollama"));
            case PADDOCK_OPENAI -> new PaddockContenderClient(PaddockContenderClient.start(base, "apache5", "openai"));
            case LANGCHAIN4J_HTTPCLIENT5 -> new LangChain4jContenderClient(base, new LangChain4jHttpClient5.Builder());
            case LANGCHAIN4J_PADDOCK -> overLangChain4j(PaddockContenderClient.start(base, "apache5", "ollama"), base);
            case LANGCHAIN4J_JDK -> new LangChain4jContenderClient(base, new JdkHttpClientBuilder());
            case SPRING_AI -> new SpringAiContenderClient(base, new JdkClientHttpRequestFactory(), new JdkClientHttpConnector());
            case SPRING_AI_PADDOCK -> overSpring(PaddockContenderClient.start(base, "jdk", "ollama"), base);
            case OLLAMA4J -> new Ollama4jContenderClient(base);
        };
    }

    private static ContenderClient overLangChain4j(Paddock paddock, String base) {
        return new LangChain4jContenderClient(base, new PaddockHttpClientBuilder(paddock.exchange(), BaseUrl.parse(base)));
    }

    private static ContenderClient overSpring(Paddock paddock, String base) {
        BaseUrl server = BaseUrl.parse(base);
        return new SpringAiContenderClient(
                base,
                new PaddockClientHttpRequestFactory(paddock.exchange(), server),
                new PaddockClientHttpConnector(paddock.exchange(), server));
    }

    /** Returns the name on the command line. */
    public String label() {
        return label;
    }

    /** Returns the name in the tables. */
    public String title() {
        return title;
    }
}
