package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/**
 * A class of requests of the connector at which {@code prove} kills it: which stand-in, which
 * method, which path.
 */
enum KillTarget {
  WRITE_BILLS(LoadErp::writeBills, Points.WRITE),
  READ_BILLS(LoadErp::readBills, Points.READ),
  READ_PAYMENTS(LoadErp::readPayments, Points.READ),
  TOKEN(LoadErp::token, Points.WRITE),
  READ_REQUEST("GET erp_requests", "GET", "/erp_requests/[0-9]+$", Points.READ),
  READ_REQUISITION("GET requisitions", "GET", "/requisitions/[0-9]+$", Points.READ),
  WRITE_ORIGINS("PATCH external_data/sync", "PATCH", "/external_data/sync$", Points.WRITE),
  CLOSE_DETAILS(
      "PATCH erp_request_details", "PATCH", "/erp_request_details/(sync|[0-9]+)$", Points.WRITE),
  CREATE_PAYMENT("POST contract_payments", "POST", "/contract_payments$", Points.WRITE),
  AMEND_PAYMENT("PATCH contract_payments", "PATCH", "/contract_payments/[0-9]+$", Points.WRITE),
  /** A payment that is amended is unlocked by the first of these and locked again by the second. */
  UNLOCK_PAYMENT(
      "PATCH external_data/sync (payment)", "PATCH", "/external_data/sync$", Points.WRITE);

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

  private final Function<LoadErp, LoadErp.Request> request;
  private final boolean erp;
  private final List<String> points;

  KillTarget(Function<LoadErp, LoadErp.Request> request, List<String> points) {
    this.request = request;
    this.erp = true;
    this.points = points;
  }

  KillTarget(String label, String method, String path, List<String> points) {
    LoadErp.Request fixed = new LoadErp.Request(label, method, path);
    this.request = any -> fixed;
    this.erp = false;
    this.points = points;
  }

  /** Name in reports, such as {@code PUT Invoices}. */
  String label(LoadErp of) {
    return request.apply(of).label();
  }

  /** Whether it is the accounting system's stand-in that is asked; otherwise Procore's. */
  boolean erp() {
    return erp;
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
  ObjectNode fault(LoadErp of, int ordinal, ObjectNode effect) {
    ObjectNode fault = JsonNodeFactory.instance.objectNode();
    LoadErp.Request struck = request.apply(of);
    ObjectNode match =
        fault.putObject("match").put("method", struck.method()).put("path", struck.path());
    if (this == UNLOCK_PAYMENT) {
      match.put("bodyContains", "contract_payment");
    }
    fault.put("after", ordinal - 1).put("count", 1);
    fault.set("effect", effect);
    return fault;
  }
}
