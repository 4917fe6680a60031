package io.tieback.erp.quickbooksonline;

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
 * QuickBooks Online behind the port. Safe for use by several threads. Calls block while QuickBooks
 * answers; outcomes are reported before {@link #handOver} and {@link #lookUp} return.
 */
public final class QuickBooksAdapter implements ErpAdapter {

  /** Short name of this ERP, also in origin ids. */
  public static final String ERP = "quickbooksonline";

  private static final String WEB = "https://qbo.intuit.com/app/";
  private static final String SANDBOX_WEB = "https://app.sandbox.qbo.intuit.com/app/";

  private final QuickBooksConnection connection;
  private final QuickBooksSignIn signIn;
  private final Http http;
  private final CallBudget budget;
  private final Clock clock;
  private final Map<DocumentKind, QuickBooksRecords> kinds = new EnumMap<>(DocumentKind.class);
  private final QuickBooksCatalogue catalogue;
  private final QuickBooksSetup setup;

  /**
   * @param connection which company, and how
   * @param signIn the sign-in of that connection
   * @param http the way out
   * @param budget the calls that Intuit allows that company
   * @param clock time, for look-ups and for what is kept a while
   */
  public QuickBooksAdapter(
      QuickBooksConnection connection,
      QuickBooksSignIn signIn,
      Http http,
      CallBudget budget,
      Clock clock) {
    this.connection = connection;
    this.signIn = signIn;
    this.http = http;
    this.budget = budget;
    this.clock = clock;
    this.catalogue = new QuickBooksCatalogue(connection.style(), calls(), clock);
    this.setup = new QuickBooksSetup(connection, calls(), catalogue, clock);
    QuickBooksPapers papers = new QuickBooksPapers(connection.style(), catalogue);
    QuickBooksDocuments orders = new QuickBooksDocuments(papers, calls(), "a purchase order");
    kinds.put(DocumentKind.SUPPLIER, singles(new QuickBooksVendors(calls()), clock));
    kinds.put(
        DocumentKind.INVOICE, singles(new QuickBooksDocuments(papers, calls(), "a bill"), clock));
    kinds.put(
        DocumentKind.COST_ITEM,
        new QuickBooksCodeLinks(
            connection.style().lines(),
            singles(new QuickBooksItems(connection.style(), catalogue, calls()), clock)));
    kinds.put(DocumentKind.ORDER, singles(orders, clock));
    kinds.put(DocumentKind.PROJECT, new QuickBooksProjectLinks(calls()));
    kinds.put(DocumentKind.ORDER_CHANGE, new QuickBooksOrderChanges(papers, orders, calls()));
  }

  private QuickBooksRecords singles(QuickBooksKind kind, Clock clock) {
    return new QuickBooksSingles(kind, calls(), clock);
  }

  /** Limits of reference sections 3 and 12, one document a call (section 8). */
  @Override
  public Capabilities capabilities() {
    Map<DocumentKind, Integer> takes = new EnumMap<>(DocumentKind.class);
    kinds.keySet().forEach(kind -> takes.put(kind, 1));
    return new Capabilities(
        ERP,
        "QuickBooks Online",
        RequestNames.WITH_FLOW,
        QuickBooksLimits.NOT_TAKEN,
        takes,
        QuickBooksLimits.NUMBER_LENGTH,
        QuickBooksLimits.DESCRIPTION_LENGTH,
        QuickBooksLimits.ITEM_NAME_LENGTH,
        QuickBooksLimits.PRICE_DECIMALS,
        QuickBooksLimits.QUANTITY_DECIMALS,
        QuickBooksLimits.LINE_AMOUNT,
        true);
  }

  private QuickBooksRecords records(DocumentKind kind) {
    QuickBooksRecords records = kinds.get(kind);
    if (records == null) {
      throw new IllegalArgumentException("QuickBooks Online takes no document of kind " + kind);
    }
    return records;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    return records(document.kind()).render(document);
  }

  @Override
  public byte[] batchBody(DocumentKind kind, List<ErpDocument> documents) {
    return QuickBooksEnvelope.batchBody(documents);
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
    return new QuickBooksNumbers(calls()).taken(bills);
  }

  @Override
  public Optional<TakenNumber> takenNumber(PurchaseOrder order) {
    return new QuickBooksNumbers(calls()).taken(order);
  }

  @Override
  public Presence presence(Presence.Asked asked) {
    return new QuickBooksPresence(calls()).of(asked);
  }

  @Override
  public CompanyBooks companies() {
    return new QuickBooksCompanies(calls()).all();
  }

  @Override
  public Optional<BookedCompany> company(String key) {
    return new QuickBooksCompanies(calls()).find(key);
  }

  @Override
  public PaymentReading readPayments(String cursor) {
    return new QuickBooksPayments(reading(), clock).read(cursor);
  }

  @Override
  public JobCostReading readJobCosts(String cursor) {
    return new QuickBooksJobCosts(reading(), clock).read(cursor);
  }

  @Override
  public BooksReading readBooks(BooksWanted wanted) {
    return new QuickBooksBooks(connection.id(), reading()).read(wanted);
  }

  @Override
  public OrdersReading readOrders() {
    return new QuickBooksBookedOrders(reading()).read();
  }

  @Override
  public Optional<BookedOrder> order(String key) {
    return new QuickBooksBookedOrders(reading()).one(key);
  }

  @Override
  public ErpItems items() {
    return catalogue.all();
  }

  @Override
  public ErpProjects projects() {
    return new QuickBooksProjects(connection, calls()).all();
  }

  /** They go from QuickBooks to Procore only (QBO-PRJ-01). */
  @Override
  public boolean makesProjects() {
    return false;
  }

  /** An item's name begins with its project's number (QBO-WBS-01). */
  @Override
  public boolean itemsOfProjects() {
    return connection.style().lines() == QuickBooksStyle.Lines.ITEMS;
  }

  /** Lines name accounts instead, by setting. */
  @Override
  public boolean makesItems() {
    return connection.style().lines() == QuickBooksStyle.Lines.ITEMS;
  }

  @Override
  public boolean linksBillsToOrders() {
    return connection.style().orderLinks();
  }

  @Override
  public ErpFiles files() {
    return new QuickBooksFiles(connection.files().most(), connection.files().mostBytes(), calls());
  }

  @Override
  public Optional<PaymentTerms> paymentTerms(String contactKey) {
    return setup.paymentTerms(contactKey);
  }

  @Override
  public ErpSetup setup() {
    return setup.read();
  }

  @Override
  public Map<String, BigDecimal> taxRates() {
    return setup.taxRates();
  }

  @Override
  public List<SetupFinding> examine() {
    return new QuickBooksExamination(
            connection, calls(), setup, catalogue, new QuickBooksProjects(connection, calls()))
        .examine();
  }

  @Override
  public void probe() {
    setup.company();
  }

  /** QuickBooks's deep links; the company is the one that people are signed in to. */
  @Override
  public Optional<URI> webAddress(String entity, String key) {
    String path =
        switch (entity) {
          case "requisition" -> "bill?txnId=" + key;
          case "work_order_contract", "purchase_order_contract", "change_order" ->
              "purchaseorder?txnId=" + key.split("\\|", 2)[0];
          case "vendor" -> "vendordetail?nameId=" + key;
          default -> null;
        };
    boolean sandbox = connection.addresses().api().getHost().startsWith("sandbox-");
    return Optional.ofNullable(path).map(rest -> URI.create((sandbox ? SANDBOX_WEB : WEB) + rest));
  }

  private QuickBooksCalls calls() {
    return new QuickBooksCalls(connection, signIn, http, budget, CallBudget.Purpose.EXPORT);
  }

  /** Calls that can wait until what goes out has gone. */
  private QuickBooksCalls reading() {
    return new QuickBooksCalls(connection, signIn, http, budget, CallBudget.Purpose.READING);
  }
}
