package io.tieback.flow;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Gathers what the parts of a split made, so that one bean can store it in one transaction. A part that failed was dealt with by the error policy already and brings
 * nothing: its body is the {@link #NOTHING} mark.
 */
public final class GatherBodies implements AggregationStrategy {

  /** Body of a part that has nothing to hand on. */
  public static final Object NOTHING = new Object();

  @Override
  public Exchange aggregate(Exchange gathered, Exchange part) {
    Exchange result = gathered == null ? part : gathered;
    List<Object> bodies = gathered == null ? new ArrayList<>() : list(gathered);
    Object body = part.getMessage().getBody();
    if (body != NOTHING && body != null && part.getException() == null) {
      bodies.add(body);
    }
    if (gathered == null) {
      result.setException(null);
    }
    result.getMessage().setBody(bodies);
    return result;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Exchange exchange) {
    return (List<Object>) exchange.getMessage().getBody();
  }
}
