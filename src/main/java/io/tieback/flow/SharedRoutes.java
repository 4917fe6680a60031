package io.tieback.flow;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What every flow shares, in Java: the error policies and the steps that no site should edit. There
 * is one policy for work ({@value #FAILURES}) and one for callers who wait for an answer ({@value
 * #WEBHOOK}).
 *
 * <p>Nothing is redelivered in memory (docs/decisions/0006): the failure desk classifies once and
 * stores the next attempt.
 */
public final class SharedRoutes {

  /** Id of the error policy of all work. */
  public static final String FAILURES = "tieback-failures";

  /** Id of the error policy of webhooks: the caller sees the failure and delivers again. */
  public static final String WEBHOOK = "tieback-webhook";

  private SharedRoutes() {}

  /** The error policies. */
  public static RouteConfigurationBuilder policies() {
    return new RouteConfigurationBuilder() {
      @Override
      public void configuration() {
        routeConfiguration(FAILURES)
            .onException(Throwable.class)
            .maximumRedeliveries(0)
            .handled(true)
            .to("direct:failure-desk");
        routeConfiguration(WEBHOOK)
            .onException(Throwable.class)
            .maximumRedeliveries(0)
            .handled(true)
            .bean("webhookReceiver", "failed");
      }
    };
  }

  /**
   * The shared routes: failure desk, acknowledgement, catch-up, waking of what waits, housekeeping,
   * replays of many, tie-outs, old payloads.
   */
  public static RouteBuilder routes() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        // The desk's own failure must be seen: it is not handled here, so the caller's exchange
        // fails and the work keeps its lease until another attempt.
        from("direct:failure-desk")
            .routeId("failure-desk")
            .routeDescription(
                "Classifies a failure once, and stores the retry, the wait or the dead letter.")
            .errorHandler(noErrorHandler())
            .bean("failureDesk", "handle")
            .id("classify-and-store");

        from("timer:acknowledge?period={{poll.acknowledge}}&delay={{poll.acknowledge}}")
            .routeId("acknowledge")
            .routeDescription("Writes origin ids and closes request details in Procore, in bulk.")
            .routeConfigurationId(FAILURES)
            .bean("acknowledgement", "acknowledge")
            .id("acknowledge-in-bulk");

        from("timer:catch-up?period={{poll.catch-up}}&delay=0")
            .routeId("catch-up")
            .routeDescription(
                "Receives ERP requests whose webhook was lost, from the deliveries log.")
            .routeConfigurationId(FAILURES)
            .bean("lostWebhooks", "catchUp")
            .id("read-deliveries-log");

        from("timer:door-imports?period={{poll.housekeeping}}&delay={{poll.housekeeping}}")
            .routeId("door-imports")
            .routeDescription(
                "Offers suppliers that only the ERP has for import at Tieback's own door.")
            .routeConfigurationId(FAILURES)
            .bean("doorImports", "turn")
            .id("look-for-suppliers");

        from("timer:housekeeping?period={{poll.housekeeping}}&delay=0")
            .routeId("housekeeping")
            .routeDescription(
                "Says that this node lives, tries paused connections again, switches payments on"
                    + " where they are wanted.")
            .routeConfigurationId(FAILURES)
            .setProperty(Exchange.TIMER_NAME, constant("housekeeping"))
            .bean("housekeeping", "run")
            .id("keep-house");

        from("timer:replays?period={{poll.replays}}&delay={{poll.replays}}")
            .routeId("replays")
            .routeDescription(
                "Replays or discards dead letters that a person chose, one by one, and counts"
                    + " them.")
            .routeConfigurationId(FAILURES)
            .setProperty(Exchange.TIMER_NAME, constant("replays"))
            .bean("replayRuns", "work")
            .id("work-off-replays");

        from("timer:tie-outs?period={{poll.tie-outs}}&delay={{poll.tie-outs}}")
            .routeId("tie-outs")
            .routeDescription("Ties a connection out when somebody asked for it.")
            .routeConfigurationId(FAILURES)
            .setProperty(Exchange.TIMER_NAME, constant("tie-outs"))
            .bean("tieOutDesk", "work")
            .id("tie-out");

        from("quartz:tieback/let-go-of-payloads?cron={{keep.tick}}&stateful=true")
            .routeId("let-go-of-payloads")
            .routeDescription("Lets go of payloads of records that were done with long ago.")
            .routeConfigurationId(FAILURES)
            .bean("housekeeping", "letGoOfPayloads")
            .id("let-go-of-old-payloads");
      }
    };
  }
}
