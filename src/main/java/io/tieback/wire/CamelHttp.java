package io.tieback.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * {@link Http} over camel-http, on a component of its own so that no other route's settings reach
 * it. What camel-http does by itself is switched off: sending again after a reset, a close, 429 or
 * 503 (Camel guide 4.17a), following redirects (CVE-2026-85251), cookies, and turning headers of a
 * message into headers of the request (guide 4.13): exactly the headers of the call go out.
 */
public final class CamelHttp implements Http, AutoCloseable {

  private static final String COMPONENT = "tieback-http";
  private static final String USER_AGENT = "Tieback";
  private static final int WHOLE_ANSWER_BYTES = 16 * 1024 * 1024;
  private static final Duration TRUST_IDLE = Duration.ofMillis(250);

  /**
   * The call that this thread is sending. Camel hands the request to the HTTP client in the thread
   * of the caller, and offers no other way for a call's own check to get there.
   */
  private static final ThreadLocal<HttpCall> SENDING = new ThreadLocal<>();

  private final CamelContext context;
  private final ProducerTemplate template;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

  /**
   * Puts the component into the context.
   *
   * @param context a Camel context; only its components are touched
   * @param settings how to connect
   */
  public CamelHttp(CamelContext context, HttpSettings settings) {
    this.context = context;
    if (context.hasComponent(COMPONENT) == null) {
      context.addComponent(COMPONENT, component(settings));
    }
    this.template = context.createProducerTemplate();
    this.template.start();
  }

  /**
   * Switches off, on Camel's own {@code http} and {@code https} components, what {@link CamelHttp}
   * switches off on its own: routes that a site adds then never send twice either. Call before the
   * context starts.
   */
  public static void guard(CamelContext context) {
    for (String name : Set.of("http", "https")) {
      quieten(context.getComponent(name, HttpComponent.class));
    }
  }

  private static HttpComponent component(HttpSettings settings) {
    HttpComponent component = new HttpComponent();
    quieten(component);
    component.setHttpClientConfigurer(
        builder ->
            quieten(builder)
                .setKeepAliveStrategy(keepAtMost(settings.keepIdle()))
                .addExecInterceptorFirst("answer-limit", CamelHttp::upToTheLimit)
                .addExecInterceptorLast("last-moment", CamelHttp::atTheLastMoment));
    component.setClientConnectionManager(pool(settings));
    component.setConnectionRequestTimeout(settings.freeConnectionWait().toMillis());
    component.setCopyHeaders(false);
    component.setContentTypeCharsetEnabled(false);
    component.setUserAgent(USER_AGENT);
    component.setResponsePayloadStreamingThreshold(WHOLE_ANSWER_BYTES);
    component.setHeaderFilterStrategy(new OnlyTheCallsHeaders());
    return component;
  }

  /** Runs when the connection stands: nothing but the sending itself comes after it. */
  private static ClassicHttpResponse atTheLastMoment(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    HttpCall call = SENDING.get();
    if (call != null && call.lastMoment() != null) {
      call.lastMoment().check();
    }
    return chain.proceed(request, scope);
  }

  /** Runs around everything else, so that what counts are the bytes after unpacking. */
  private static ClassicHttpResponse upToTheLimit(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpCall call = SENDING.get();
    if (call != null) {
      try {
        AnswerLimit.put(response, call.mostBytes());
      } catch (AnswerLimit.TooLong e) {
        response.close();
        throw e;
      }
    }
    return response;
  }

  private static void quieten(HttpComponent component) {
    component.setAutomaticRetriesDisabled(true);
    component.setRedirectHandlingDisabled(true);
    component.setFollowRedirects(false);
    component.setCookieManagementDisabled(true);
    component.setAuthCachingDisabled(true);
    // Belt and braces: the component's flag is applied when an endpoint is made, the configurer
    // when its client is built.
    component.setHttpClientConfigurer(CamelHttp::quieten);
  }

  private static HttpClientBuilder quieten(HttpClientBuilder builder) {
    return builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement();
  }

  /** What the service says about keeping a connection, but never longer than ours. */
  private static ConnectionKeepAliveStrategy keepAtMost(Duration longest) {
    TimeValue limit = TimeValue.of(longest);
    return (response, context) -> {
      TimeValue told =
          DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
      return TimeValue.isPositive(told) && told.compareTo(limit) < 0 ? told : limit;
    };
  }

  private static HttpClientConnectionManager pool(HttpSettings settings) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(settings.connectionsPerRoute())
        .setMaxConnTotal(settings.maxTotalConnections())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setTimeToLive(TimeValue.ofMinutes(5))
                .setValidateAfterInactivity(TimeValue.of(TRUST_IDLE))
                .build())
        .build();
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    check(call);
    Exchange exchange;
    SENDING.set(call);
    try {
      exchange =
          template.send(
              endpoints.computeIfAbsent(endpoint(call), context::getEndpoint),
              ExchangePattern.InOut,
              prepared -> prepare(prepared, call));
    } catch (RuntimeException e) {
      // The template itself refuses: the context stops or the address cannot be used. Nothing left.
      throw HttpExceptions.neverLeft(call, e);
    } finally {
      SENDING.remove();
    }
    if (exchange.getException() != null) {
      throw HttpExceptions.failure(call, exchange.getException());
    }
    return answer(call, exchange);
  }

  private static void check(HttpCall call) {
    if (!Set.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(call.method())) {
      throw Failure.of(
          FailureKind.DEFECT,
          "method " + call.method() + " of " + call + " is none of GET, POST, PUT, PATCH, DELETE",
          "");
    }
    if (call.body() != null && (call.method().equals("GET") || call.method().equals("DELETE"))) {
      throw Failure.of(
          FailureKind.DEFECT, call + " carries a body, which its method does not send", "");
    }
    String scheme = call.uri().getScheme();
    if (call.uri().getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw Failure.of(
          FailureKind.DEFECT,
          "address of " + call.method() + " is not an absolute http or https address",
          "");
    }
  }

  /**
   * One endpoint for each host and time-out; the whole address travels as a control header. Kept
   * here, because resolving an address anew for each call costs a tenth of the call.
   */
  private static String endpoint(HttpCall call) {
    URI uri = call.uri();
    return COMPONENT
        + ":"
        + uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + "?throwExceptionOnFailure=false&responseTimeout="
        + Math.max(1, call.timeout().toMillis());
  }

  private static void prepare(Exchange exchange, HttpCall call) {
    var in = exchange.getIn();
    // The enum and not its name: Camel looks for a converter anew each time, which costs as much as
    // a small request.
    in.setHeader(HttpConstants.HTTP_METHOD, HttpMethods.valueOf(call.method()));
    URI uri = call.uri();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    in.setHeader(HttpConstants.HTTP_URI, uri.getScheme() + "://" + uri.getRawAuthority() + path);
    if (uri.getRawQuery() != null) {
      in.setHeader(HttpConstants.HTTP_RAW_QUERY, uri.getRawQuery());
    }
    call.headers().forEach(in::setHeader);
    exchange.setProperty(
        OnlyTheCallsHeaders.PROPERTY,
        call.headers().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()));
    in.setBody(call.body());
  }

  private static HttpAnswer answer(HttpCall call, Exchange exchange) {
    var message = exchange.getMessage();
    Integer status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
    if (status == null) {
      throw HttpExceptions.failure(call, new IllegalStateException("no status came back"));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value != null && !name.startsWith("Camel")) {
                headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
              }
            });
    byte[] body;
    try {
      body = message.getBody(byte[].class);
    } catch (RuntimeException e) {
      throw HttpExceptions.failure(call, e);
    }
    return new HttpAnswer(status, headers, body == null ? new byte[0] : body);
  }

  @Override
  public void close() {
    template.stop();
    endpoints.clear();
    context.removeComponent(COMPONENT);
  }

  /**
   * Lets out what the call names and nothing else, such as the breadcrumb of the route; lets
   * everything in.
   */
  private static final class OnlyTheCallsHeaders implements HeaderFilterStrategy {

    static final String PROPERTY = "TiebackHeadersOfTheCall";

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
      Set<?> named = exchange.getProperty(PROPERTY, Set.class);
      return named == null || !named.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
      return false;
    }
  }
}
