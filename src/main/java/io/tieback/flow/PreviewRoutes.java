package io.tieback.flow;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Dry runs through the very routes that prepare records, so that what a site added to them shows:
 * steps in hook routes, and routes that were replaced. Only where the connector runs; a command
 * without routes asks the beans.
 */
public final class PreviewRoutes {

  private static final String DRY = "tiebackDryRun";

  private volatile ProducerTemplate routes;

  /** From now on dry runs go through the routes of this context. */
  public void through(ProducerTemplate template) {
    routes = template;
  }

  /** Whether routes run here. */
  public boolean run() {
    return routes != null;
  }

  /** Whether an exchange is a dry run: nothing about it is stored or told. */
  static boolean isDryRun(Exchange exchange) {
    return exchange.getProperty(DRY, false, boolean.class);
  }

  /**
   * What came out.
   *
   * @param body what the route ends with: {@link Prepared} or {@link PreparedRecord}; null when it
   *     did not come to its end
   * @param failure why not, or null
   */
  record Result(Object body, Throwable failure) {}

  /**
   * Sends a row, as claiming gives it, through a route.
   *
   * @param route such as {@code direct:prepare-commitment}
   * @return empty when no route runs here
   */
  Optional<Result> prepare(String route, Map<String, Object> row) {
    ProducerTemplate template = routes;
    if (template == null) {
      return Optional.empty();
    }
    Exchange ended =
        template.send(
            route,
            exchange -> {
              exchange.setProperty(DRY, true);
              exchange.getMessage().setBody(row);
            });
    Object body = ended.getMessage().getBody();
    boolean there = body instanceof Prepared || body instanceof PreparedRecord;
    Throwable failure =
        ended.getException() == null
            ? ended.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
            : ended.getException();
    return Optional.of(new Result(there ? body : null, there ? null : failure));
  }
}
