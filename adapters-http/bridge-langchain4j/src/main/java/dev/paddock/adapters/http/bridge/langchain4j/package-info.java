/** LangChain4j over Paddock: its HTTP client, and its models. */
@NullMarked
package dev.paddock.adapters.http.bridge.langchain4j;

import org.jspecify.annotations.NullMarked;
