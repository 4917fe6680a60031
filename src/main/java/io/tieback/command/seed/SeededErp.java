package io.tieback.command.seed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.sandbox.Sandbox;
import java.util.List;
import java.util.Map;

/**
 * The accounting system's side of a seeded contractor: what its stand-in is filled with, and how a
 * connection to it is set up. Each method that makes a record gives the origin id by which Procore
 * knows it.
 */
public interface SeededErp {

  /** Makes the side of one accounting system. */
  @FunctionalInterface
  interface Maker {
    /**
     * Makes it, with accounts and the retainage that the contractor needs.
     *
     * @param connection the connection that the origin ids carry
     * @param companyId Procore company
     * @param name the contractor's name
     * @param redirectUri where a sign-in sends the browser back to
     */
    SeededErp make(ConnectionId connection, long companyId, String name, String redirectUri);
  }

  /** Short name, as in settings and origin ids. */
  String erp();

  /** Name for people. */
  String displayName();

  /** Key of the company in the accounting system. */
  String companyKey();

  /** A supplier, known by Procore's vendor id from here on. */
  String vendor(long vendorId, String name);

  /** A supplier that only the accounting system has. */
  void newcomer(String name);

  /** Takes a supplier away again. */
  void withoutVendor(long vendorId);

  /** A project. */
  String project(String number, String name);

  /** A cost code of a project. */
  String code(String projectNumber, String code);

  /** The item of a cost code and cost type, for every project so far. */
  void item(String code, String type, String name);

  /** An order with a number, without lines yet. */
  String order(String number, String title, long vendorId);

  /** A line of an order. */
  String orderLine(String number, long lineId, String description, String amount);

  /** Takes an order away again. */
  void withoutOrder(String number);

  /** What the stand-in is filled with. */
  ObjectNode seed();

  /**
   * Settings of the connection on this side, each without {@code connection.<name>.}.
   *
   * @param url address of the stand-in
   * @param redirectUri where a sign-in sends the browser back to
   */
  Map<String, String> settings(String url, String redirectUri);

  /**
   * Where its stand-in is.
   *
   * @return address without trailing slash
   */
  String standIn(Sandbox sandbox);

  /** Reads the books of the stand-in. */
  ErpBooks books(SandboxControl standIn);

  /**
   * The bookkeeper pays.
   *
   * @param card by the company's card instead of its bank account
   * @param date when, ISO 8601, or null for today
   * @param together one payment for all, instead of one for each
   */
  void pay(
      SandboxControl standIn,
      boolean card,
      String date,
      String reference,
      boolean together,
      List<ErpBooks.Due> due);

  /** The bookkeeper takes a supplier out of use; nothing can be written to it any more. */
  void archiveVendor(SandboxControl standIn, long vendorId);

  /** The bookkeeper deletes a payment, with all bills that it paid. */
  void deletePayment(SandboxControl standIn, String paymentId);
}
