package io.tieback.flow;

import io.tieback.flow.door.DoorResource;
import io.tieback.ledger.ErpRequests.Received;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Source;
import io.tieback.procore.WebhookDoor;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Procore's webhooks: 2xx only after the durable insert (GEN-API-08), a clear refusal
 * otherwise.
 */
public final class WebhookReceiver {

  /** Path under which webhooks come in; the connection's name follows. */
  public static final String PATH = "/webhooks/procore/";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

  private final WebhookInbox inbox;
  private final WebhookDoor door;
  private final Ledger ledger;

  /** Wires it. */
  public WebhookReceiver(Ledger ledger, WebhookDoor door) {
    this.inbox = new WebhookInbox(ledger.erpRequests());
    this.door = door;
    this.ledger = ledger;
  }

  /** Decides about one webhook, stores what is for us, and sets the answer. */
  public void receive(Exchange exchange) {
    Message message = exchange.getMessage();
    String path = message.getHeader(Exchange.HTTP_PATH, "", String.class);
    String uri = message.getHeader(Exchange.HTTP_URI, path, String.class);
    String connection = uri.substring(uri.lastIndexOf('/') + 1);
    byte[] body = message.getBody(byte[].class);
    WebhookDoor.Decision decision =
        door.decide(
            new WebhookDoor.Knock(
                connection,
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getHeader("Authorization", String.class),
                body));
    if (decision instanceof WebhookDoor.Receive receive) {
      inbox.store(
          new Received(
              receive.connection(),
              receive.requestId(),
              receive.companyId(),
              Source.WEBHOOK,
              receive.deliveryId()));
      answer(exchange, 202, "received");
    } else if (decision instanceof WebhookDoor.Changed changed) {
      note(exchange, changed);
    } else if (decision instanceof WebhookDoor.Ignore ignore) {
      LOG.debug("webhook ignored connection='{}' why='{}'", connection, ignore.reason());
      answer(exchange, 200, "ignored: " + ignore.reason());
    } else if (decision instanceof WebhookDoor.Refuse refuse) {
      LOG.warn("webhook refused status='{}' why='{}'", refuse.status(), refuse.message());
      answer(exchange, refuse.status(), refuse.message());
    }
  }

  /** Tieback's own door reads the record at its next turn, which is at once. */
  private void note(Exchange exchange, WebhookDoor.Changed changed) {
    Optional<DoorResource> resource = DoorResource.ofWebhook(changed.resource());
    boolean readable =
        resource.isPresent() && (!resource.get().ofProject() || changed.projectId() != null);
    if (!readable) {
      LOG.debug(
          "webhook left to the next poll connection='{}' resource='{}'",
          changed.connection(),
          changed.resource());
      answer(exchange, 200, "left to the next poll");
      return;
    }
    Long project = resource.get().ofProject() ? changed.projectId() : null;
    ledger
        .doorReadings()
        .hint(changed.connection(), List.of(resource.get().hint(project, changed.recordId())));
    answer(exchange, 202, "received");
  }

  /** Something broke before the insert: Procore delivers again. */
  public void failed(Exchange exchange) {
    LOG.error(
        "webhook not stored; Procore will deliver it again",
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    answer(exchange, 503, "not stored; deliver again");
  }

  /** Nothing that came in goes out again: only status and text are set. */
  private static void answer(Exchange exchange, int status, String text) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=UTF-8");
    message.setBody(text + "\n");
  }
}
