package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A class of requests of the connector at which {@code prove} kills it: which stand-in, which
 * method, which path.
 */
enum KillTarget {
  WRITE_BILLS("PUT Invoices", true, "PUT", "/api\\.xro/2\\.0/Invoices$", Points.WRITE),
  READ_BILLS("GET Invoices", true, "GET", "/api\\.xro/2\\.0/Invoices$", Points.READ),
  READ_PAYMENTS("GET Payments", true, "GET", "/api\\.xro/2\\.0/Payments$", Points.READ),
  XERO_TOKEN("POST connect/token", true, "POST", "/connect/token$", Points.WRITE),
  READ_REQUEST("GET erp_requests", false, "GET", "/erp_requests/[0-9]+$", Points.READ),
  READ_REQUISITION("GET requisitions", false, "GET", "/requisitions/[0-9]+$", Points.READ),
  WRITE_ORIGINS("PATCH external_data/sync", false, "PATCH", "/external_data/sync$", Points.WRITE),
  CLOSE_DETAILS(
      "PATCH erp_request_details",
      false,
      "PATCH",
      "/erp_request_details/(sync|[0-9]+)$",
      Points.WRITE),
  CREATE_PAYMENT("POST contract_payments", false, "POST", "/contract_payments$", Points.WRITE),
  AMEND_PAYMENT(
      "PATCH contract_payments", false, "PATCH", "/contract_payments/[0-9]+$", Points.WRITE),
  /** A payment that is amended is unlocked by the first of these and locked again by the second. */
  UNLOCK_PAYMENT(
      "PATCH external_data/sync (payment)", false, "PATCH", "/external_data/sync$", Points.WRITE);

  /** The points of a request, as the stand-ins name them. */
  static final class Points {
    static final String BEFORE = "before";
    static final String BEFORE_COMMIT = "beforeCommit";
    static final String AFTER_COMMIT = "afterCommit";
    static final String AFTER_ANSWER = "afterAnswer";
    static final List<String> WRITE = List.of(BEFORE, BEFORE_COMMIT, AFTER_COMMIT, AFTER_ANSWER);
    static final List<String> READ = List.of(BEFORE, AFTER_ANSWER);

    private Points() {}
  }

  private final String label;
  private final boolean xero;
  private final String method;
  private final String path;
  private final List<String> points;

  KillTarget(String label, boolean xero, String method, String path, List<String> points) {
    this.label = label;
    this.xero = xero;
    this.method = method;
    this.path = path;
    this.points = points;
  }

  /** Name in reports, such as {@code PUT Invoices}. */
  String label() {
    return label;
  }

  /** Whether it is Xero's stand-in that is asked; otherwise Procore's. */
  boolean xero() {
    return xero;
  }

  /** Whether such requests come only while a payment is amended. */
  boolean amends() {
    return this == AMEND_PAYMENT || this == UNLOCK_PAYMENT;
  }

  /** Points at which a kill differs in its effect. */
  List<String> points() {
    return points;
  }

  /**
   * A fault of the sandbox that strikes the n-th such request from now on.
   *
   * @param ordinal 1 for the next one
   */
  ObjectNode fault(int ordinal, ObjectNode effect) {
    ObjectNode fault = JsonNodeFactory.instance.objectNode();
    ObjectNode match = fault.putObject("match").put("method", method).put("path", path);
    if (this == UNLOCK_PAYMENT) {
      match.put("bodyContains", "contract_payment");
    }
    fault.put("after", ordinal - 1).put("count", 1);
    fault.set("effect", effect);
    return fault;
  }
}
