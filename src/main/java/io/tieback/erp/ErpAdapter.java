package io.tieback.erp;

import io.tieback.construction.Bill;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port that an ERP fulfils: one instance per connection. Writing is asynchronous: a call
 * returns once the work is handed over, and outcomes arrive at the {@link OutcomeSink}, seconds
 * later (Xero) or days later (a Web Connector that is off). The same contract tests run against
 * every adapter.
 */
public interface ErpAdapter {

  /** What this ERP takes, and its limits. */
  Capabilities capabilities();

  /**
   * The document in the ERP's wire form. Pure: the same document gives the same bytes, and nothing
   * is read or sent.
   *
   * @throws IllegalArgumentException for a kind that the ERP does not take ({@link
   *     Capabilities#takes})
   */
  ErpDocument render(Outgoing document);

  /** The exact bytes of a batch of documents of one kind. Pure. */
  byte[] batchBody(DocumentKind kind, List<ErpDocument> documents);

  /** The exact bytes of a batch of bills and credit notes. Pure. */
  default byte[] batchBody(List<ErpDocument> documents) {
    return batchBody(DocumentKind.INVOICE, documents);
  }

  /**
   * Takes a batch for writing. The adapter calls {@link OutcomeSink#sending} right before the bytes
   * leave. Never sends anything twice by itself.
   */
  void handOver(DeliveryBatch batch, OutcomeSink sink);

  /**
   * Looks for the documents of a batch by their markers, and reports each as known or absent, or
   * the batch as undetermined when the looking itself fails.
   *
   * @param batch the batch as it was sent; only {@code markers} still without an outcome are listed
   *     in it
   */
  void lookUp(DeliveryBatch batch, OutcomeSink sink);

  /**
   * The live documents of the same suppliers that bear the numbers of these bills, whoever wrote
   * them, so that a number is not written twice. One call for many bills. Nothing from an ERP that
   * cannot be asked.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default List<TakenNumber> takenNumbers(List<Bill> bills) {
    return List.of();
  }

  /**
   * The order that has the number of this one, whatever its state and whoever wrote it, so that
   * nothing of another is overwritten. Its marker is that of the given order only when it is as
   * this one would be written: then it is this one. Empty when the number is free, or from an ERP
   * that cannot be asked.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default Optional<TakenNumber> takenNumber(PurchaseOrder order) {
    return Optional.empty();
  }

  /**
   * Whether a document is still in the ERP, asked live.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  Presence presence(Presence.Asked asked);

  /**
   * Every company that the ERP has, also those that are no longer active: a call for a thousand.
   * None from an ERP that cannot be asked.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default CompanyBooks companies() {
    return new CompanyBooks(List.of());
  }

  /**
   * One company as it stands now.
   *
   * @param key the ERP's key
   * @return empty when the ERP does not have it
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default Optional<BookedCompany> company(String key) {
    return Optional.empty();
  }

  /** Bill payments changed since the cursor (null: everything). */
  PaymentReading readPayments(String cursor);

  /**
   * Documents that may hold job costs, changed since the cursor (null: everything). All of them,
   * whatever their state and their lines: the rules decide which lines count. What is voided or
   * deleted is shown as gone.
   */
  JobCostReading readJobCosts(String cursor);

  /**
   * The books as they are now, read afresh, for a tie-out. Writes nothing and moves no cursor.
   *
   * @throws io.tieback.wire.Failure when the ERP does not answer, or not as it should
   */
  BooksReading readBooks(BooksWanted wanted);

  /**
   * All items of the ERP's catalogue, read afresh. Nothing from an ERP that keeps none.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default ErpItems items() {
    return new ErpItems(0, 0, Map.of());
  }

  /**
   * The projects as the ERP keeps them, read afresh.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default ErpProjects projects() {
    return new ErpProjects(
        capabilities().displayName(),
        capabilities().displayName() + " keeps no projects",
        "Keep them in Procore only.",
        0,
        0,
        List.of());
  }

  /**
   * Takes a project out of use: it stays on what was written and cannot stand on new documents. May
   * be repeated.
   *
   * @throws io.tieback.wire.Failure when the ERP does not do it
   */
  default void archiveProject(String key) {
    throw new UnsupportedOperationException(
        capabilities().displayName() + " does not archive projects");
  }

  /**
   * Marks an approved order as billed. One that is in any other state stays as it is, so that being
   * told twice is harmless.
   *
   * @return whether it was marked by this
   * @throws io.tieback.wire.Failure when the ERP does not answer, or refuses
   */
  default boolean orderBilled(String orderKey) {
    return false;
  }

  /**
   * The purchase orders as they are now, read afresh. None from an ERP that keeps none.
   *
   * @throws io.tieback.wire.Failure when the ERP does not answer, or not as it should
   */
  default OrdersReading readOrders() {
    return new OrdersReading(List.of(), 0);
  }

  /**
   * One purchase order as it stands now, whatever its state.
   *
   * @param key the ERP's key
   * @return empty when the ERP does not have it
   * @throws io.tieback.wire.Failure when the ERP does not answer, or not as it should
   */
  default Optional<BookedOrder> order(String key) {
    return readOrders().orders().stream().filter(order -> order.erpId().equals(key)).findFirst();
  }

  /**
   * Files on bills and credit notes.
   *
   * @throws UnsupportedOperationException from an ERP that takes none
   */
  default ErpFiles files() {
    throw new UnsupportedOperationException(
        capabilities().displayName() + " takes no files: set invoice.attachments to none");
  }

  /** The supplier's own payment terms, for due dates. */
  Optional<PaymentTerms> paymentTerms(String contactKey);

  /**
   * Checks the set-up on the ERP's side, for {@code doctor}: sign-in, company, rights, accounts,
   * items.
   */
  List<SetupFinding> examine();

  /**
   * What the checks must know of the company's set-up: base currency, lock date, accounts. May be
   * as old as a quarter of an hour.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default ErpSetup setup() {
    return ErpSetup.UNKNOWN;
  }

  /**
   * Percentages of the active tax rates by the ERP's tax type, such as 15. May be as old as a
   * quarter of an hour. Nothing from an ERP that works out tax by itself.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  default Map<String, BigDecimal> taxRates() {
    return Map.of();
  }

  /**
   * One cheap read that shows whether the sign-in works and the company can be reached.
   *
   * @throws io.tieback.wire.Failure CREDENTIALS when it does not
   */
  default void probe() {}

  /**
   * Where people open a document, or another record, in this ERP; empty where it has no such page.
   *
   * @param entity External Data's word of the record that it was made of, such as {@code
   *     requisition}
   * @param key the ERP's key
   */
  default Optional<URI> webAddress(String entity, String key) {
    return Optional.empty();
  }

  /**
   * What a project is called in origin ids of this ERP.
   *
   * @return a word that never changes, since Procore keeps the origin ids
   */
  default String projectKind() {
    return "project";
  }

  /**
   * Whether a project that the ERP does not have can be made there. Where not, people make it in
   * the ERP and it is linked by its name; it keeps the name that it has there.
   */
  default boolean makesProjects() {
    return true;
  }

  /**
   * Whether each project has items of its own: their code then begins with the project's number
   * (QBO-WBS-01). Otherwise one item serves all projects.
   */
  default boolean itemsOfProjects() {
    return false;
  }

  /**
   * Whether cost codes with their types become items there. Where not, lines name the accounts that
   * rules give the codes, and a code is known as soon as it is handed over: nothing is written.
   */
  default boolean makesItems() {
    return true;
  }

  /** Whether lines of bills are linked to the lines of orders that they bill. */
  default boolean linksBillsToOrders() {
    return false;
  }

  /** The kinds that an origin id of this ERP may have are fixed; this is the one of a bill. */
  default String billKind() {
    return "bill";
  }
}
