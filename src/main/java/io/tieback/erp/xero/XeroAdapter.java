package io.tieback.erp.xero;

import io.tieback.construction.Bill;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import io.tieback.erp.Capabilities;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpAdapter;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpFiles;
import io.tieback.erp.ErpItems;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.JobCostReading;
import io.tieback.erp.OrdersReading;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.PaymentReading;
import io.tieback.erp.PaymentTerms;
import io.tieback.erp.Presence;
import io.tieback.erp.RequestNames;
import io.tieback.erp.SetupFinding;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Http;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Xero behind the port. Safe for use by several threads. Calls block while Xero answers; outcomes
 * are reported before {@link #handOver} and {@link #lookUp} return.
 */
public final class XeroAdapter implements ErpAdapter {

  /** Short name of this ERP, also in origin ids. */
  public static final String ERP = "xero";

  private final XeroConnection connection;
  private final XeroSignIn signIn;
  private final Http http;
  private final CallBudget budget;
  private final Clock clock;
  private final Map<DocumentKind, XeroRecords> kinds = new EnumMap<>(DocumentKind.class);
  private final XeroOrders orders;
  private final XeroSetup setup;
  private final XeroTracking tracking;

  /**
   * @param connection which organisation, and how
   * @param signIn the sign-in of that connection
   * @param http the way out
   * @param budget the calls that Xero allows that organisation
   * @param clock time, for look-ups and for what is kept a while
   */
  public XeroAdapter(
      XeroConnection connection, XeroSignIn signIn, Http http, CallBudget budget, Clock clock) {
    this.connection = connection;
    this.signIn = signIn;
    this.http = http;
    this.budget = budget;
    this.clock = clock;
    kinds.put(DocumentKind.SUPPLIER, new XeroContacts(connection, calls(), clock));
    this.setup = new XeroSetup(calls(), clock);
    this.tracking = new XeroTracking(connection, calls());
    kinds.put(
        DocumentKind.INVOICE, new XeroInvoices(connection, tracking::connection, calls(), clock));
    kinds.put(DocumentKind.COST_ITEM, new XeroItems(connection, calls()));
    kinds.put(DocumentKind.PROJECT, new XeroOptions(calls(), tracking));
    this.orders = new XeroOrders(connection, tracking::connection, calls());
    kinds.put(DocumentKind.ORDER, orders);
    kinds.put(
        DocumentKind.ORDER_CHANGE,
        new XeroOrderChanges(connection, tracking::connection, calls(), orders));
  }

  /**
   * Limits of Xero reference sections 1.2, 3.4, 5 and 9; four decimals of a quantity are the
   * cautious reading of an UNCERTAIN fact.
   */
  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        ERP,
        "Xero",
        RequestNames.WITH_FLOW,
        XeroLimits.NOT_TAKEN,
        takes(),
        255,
        4000,
        30,
        XeroBills.PRICE_DECIMALS,
        4,
        "9999999999.99",
        true);
  }

  private Map<DocumentKind, Integer> takes() {
    Map<DocumentKind, Integer> takes = new EnumMap<>(DocumentKind.class);
    kinds.forEach((kind, records) -> takes.put(kind, records.documentsPerCall()));
    return takes;
  }

  private XeroRecords records(DocumentKind kind) {
    XeroRecords records = kinds.get(kind);
    if (records == null) {
      throw new IllegalArgumentException("Xero takes no document of kind " + kind);
    }
    return records;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    return records(document.kind()).render(document);
  }

  @Override
  public byte[] batchBody(DocumentKind kind, List<ErpDocument> documents) {
    return records(kind).batchBody(documents);
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    records(batch.kind()).handOver(batch, sink);
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    records(batch.kind()).lookUp(batch, sink);
  }

  @Override
  public List<TakenNumber> takenNumbers(List<Bill> bills) {
    return new XeroNumbers(calls()).taken(bills);
  }

  @Override
  public Optional<TakenNumber> takenNumber(PurchaseOrder order) {
    return orders.taken(order);
  }

  @Override
  public Presence presence(Presence.Asked asked) {
    return new XeroPresence(calls()).of(asked);
  }

  @Override
  public CompanyBooks companies() {
    return new XeroCompanies(calls()).all();
  }

  @Override
  public Optional<BookedCompany> company(String key) {
    return new XeroCompanies(calls()).find(key);
  }

  @Override
  public PaymentReading readPayments(String cursor) {
    return new XeroPayments(reading()).read(cursor);
  }

  @Override
  public JobCostReading readJobCosts(String cursor) {
    return new XeroJobCosts(reading(), tracking.connection().bills().trackingCategoryId())
        .read(cursor);
  }

  @Override
  public BooksReading readBooks(BooksWanted wanted) {
    return new XeroBooks(tracking.connection(), reading(), clock).read(wanted);
  }

  @Override
  public ErpItems items() {
    return new XeroItems(connection, calls()).all();
  }

  @Override
  public ErpProjects projects() {
    return tracking.projects();
  }

  @Override
  public String projectKind() {
    return "tracking_option";
  }

  @Override
  public void archiveProject(String key) {
    tracking.archive(key);
  }

  @Override
  public boolean orderBilled(String orderKey) {
    return orders.billed(orderKey);
  }

  @Override
  public OrdersReading readOrders() {
    return new XeroBookedOrders(connection, reading()).read();
  }

  @Override
  public Optional<BookedOrder> order(String key) {
    return new XeroBookedOrders(connection, reading()).one(key);
  }

  @Override
  public ErpFiles files() {
    return new XeroFiles(connection.files(), reading());
  }

  @Override
  public Optional<PaymentTerms> paymentTerms(String contactKey) {
    return setup.paymentTerms(contactKey);
  }

  @Override
  public Map<String, BigDecimal> taxRates() {
    return setup.taxRates();
  }

  @Override
  public ErpSetup setup() {
    return setup.read();
  }

  @Override
  public List<SetupFinding> examine() {
    return new XeroExamination(connection, signIn, calls(), setup, tracking).examine();
  }

  @Override
  public void probe() {
    setup.organisation();
  }

  /** Xero's deep links; the organisation is the one that people are signed in to. */
  @Override
  public Optional<URI> webAddress(String entity, String key) {
    String path =
        switch (entity) {
          case "requisition" -> "AccountsPayable/View.aspx?InvoiceID=" + key;
          case "work_order_contract", "purchase_order_contract", "change_order" ->
              "Accounts/Payable/PurchaseOrders/View/" + key + "/";
          case "vendor" -> "Contacts/View/" + key;
          default -> null;
        };
    return Optional.ofNullable(path).map(rest -> URI.create("https://go.xero.com/" + rest));
  }

  private XeroCalls calls() {
    return new XeroCalls(connection, signIn, http, budget, CallBudget.Purpose.EXPORT);
  }

  /** Calls that can wait until what goes out has gone. */
  private XeroCalls reading() {
    return new XeroCalls(connection, signIn, http, budget, CallBudget.Purpose.READING);
  }
}
