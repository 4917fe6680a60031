package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import java.util.Map;
import org.apache.camel.Exchange;

/** Turns a claimed notice into a mail, and remembers that it left. */
public final class NoticeMail {

  private static final String ROW = "tiebackNotice";

  private final Ledger ledger;
  private final String from;

  /**
   * @param from sender's address
   */
  public NoticeMail(Ledger ledger, String from) {
    this.ledger = ledger;
    this.from = from;
  }

  /**
   * The claimed row becomes the mail's headers and text; nothing else from the exchange goes along.
   */
  public void write(Exchange exchange) {
    @SuppressWarnings("unchecked")
    Map<String, Object> row = exchange.getMessage().getBody(Map.class);
    long id = ((Number) row.get("id")).longValue();
    exchange.setProperty(ROW, id);
    exchange.setProperty(
        FailureDesk.Subject.PROPERTY,
        new FailureDesk.Subject(
            FailureDesk.Subject.Kind.NOTICE,
            new ConnectionId((String) row.get("connection")),
            id,
            0,
            ((Number) row.get("attempts")).intValue(),
            "mail " + id));
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader("To", row.get("recipients"));
    exchange.getMessage().setHeader("From", from);
    exchange.getMessage().setHeader("Subject", row.get("subject"));
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=UTF-8");
    exchange.getMessage().setBody(row.get("body"));
  }

  /** The mail server took it. */
  public void sent(Exchange exchange) {
    ledger.notices().sent(exchange.getProperty(ROW, Long.class));
  }
}
