package io.tieback.flow;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * Gathers what the parts of a split made, so that one bean can store it in one transaction. A part
 * that failed was dealt with by the error policy already and brings nothing: its body is the {@link
 * #NOTHING} mark.
 */
public final class GatherBodies implements AggregationStrategy {

  /** Body of a part that has nothing to hand on. */
  public static final Object NOTHING = new Object();

  @Override
  public Exchange aggregate(Exchange gathered, Exchange part) {
    // Never the first part's own exchange: if that part failed, its mark of a handled failure would
    // end the route here, and what the other parts made would be lost.
    Exchange result = gathered == null ? empty(part) : gathered;
    Object body = part.getMessage().getBody();
    if (body != NOTHING && body != null && part.getException() == null) {
      list(result).add(body);
    }
    return result;
  }

  private static Exchange empty(Exchange part) {
    Exchange result = new DefaultExchange(part.getContext(), part.getPattern());
    result.getMessage().setBody(new ArrayList<>());
    return result;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Exchange exchange) {
    return (List<Object>) exchange.getMessage().getBody();
  }
}
