package dev.paddock.benchmarks.contender;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import java.util.Arrays;

/** Who is compared, in the order of the tables. */
public enum Contender {
    SOCKET("socket", "limit: bare socket, no JSON library") {
        @Override
        public ContenderClient open(int port) {
            return new SocketContenderClient(port, new PlainBodies());
        }
    },
    SOCKET_JACKSON("socket-jackson", "limit: bare socket, Jackson") {
        @Override
        public ContenderClient open(int port) {
            return new SocketContenderClient(port, new JacksonBodies());
        }
    },
    HTTPCLIENT5("httpclient5", "raw HttpClient 5, Jackson") {
        @Override
        public ContenderClient open(int port) {
            return new HttpClient5ContenderClient(base(port));
        }
    },
    JDK("jdk", "raw java.net.http, Jackson") {
        @Override
        public ContenderClient open(int port) {
            return new JdkContenderClient(base(port));
        }
    },
    PADDOCK_APACHE5("paddock-apache5", "**Paddock, apache5**") {
        @Override
        public ContenderClient open(int port) {
            return new PaddockContenderClient(base(port), "apache5", "ollama");
        }
    },
    PADDOCK_JDK("paddock-jdk", "**Paddock, jdk**") {
        @Override
        public ContenderClient open(int port) {
            return new PaddockContenderClient(base(port), "jdk", "ollama");
        }
    },
    PADDOCK_OKHTTP("paddock-okhttp", "**Paddock, okhttp**") {
        @Override
        public ContenderClient open(int port) {
            return new PaddockContenderClient(base(port), "okhttp", "ollama");
        }
    },
    PADDOCK_OPENAI("paddock-openai", "**Paddock, apache5, OpenAI's API**") {
        @Override
        public ContenderClient open(int port) {
            return new PaddockContenderClient(base(port), "apache5", "openai");
        }
    },
    LANGCHAIN4J_HTTPCLIENT5("langchain4j-httpclient5", "LangChain4j, HttpClient 5") {
        @Override
        public ContenderClient open(int port) {
            return new LangChain4jContenderClient(base(port), new LangChain4jHttpClient5Builder());
        }
    },
    LANGCHAIN4J_JDK("langchain4j-jdk", "LangChain4j, JDK (its default)") {
        @Override
        public ContenderClient open(int port) {
            return new LangChain4jContenderClient(base(port), new JdkHttpClientBuilder());
        }
    },
    SPRING_AI("spring-ai", "Spring AI") {
        @Override
        public ContenderClient open(int port) {
            return new SpringAiContenderClient(base(port));
        }
    },
    OLLAMA4J("ollama4j", "ollama4j") {
        @Override
        public ContenderClient open(int port) {
            return new Ollama4jContenderClient(base(port));
        }
    };

    private final String label;
    private final String title;

    Contender(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /** Finds a contender by the name that the command line knows it by. */
    public static Contender named(String name) {
        return Arrays.stream(values())
                .filter(contender -> contender.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender " + name));
    }

    /** Makes it ready to call the server at a port of this machine. */
    public abstract ContenderClient open(int port);

    /** What the command line calls it. */
    public String label() {
        return label;
    }

    /** What the tables call it. */
    public String title() {
        return title;
    }

    private static String base(int port) {
        return "http://127.0.0.1:" + port;
    }
}
