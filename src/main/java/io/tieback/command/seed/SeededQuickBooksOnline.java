package io.tieback.command.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import io.tieback.sandbox.Sandbox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A seeded contractor's company in QuickBooks Online. Ids are counted, as QuickBooks counts. */
public final class SeededQuickBooksOnline implements SeededErp {

  private static final Pattern MARKER = Pattern.compile("\\[tieback:\\s*([^\\]\\s]+)\\s*]");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PAYABLE = "33";
  private static final String BANK = "35";
  private static final String CARD = "36";
  private static final String OWNER = "1";
  private static final String COST = "80";
  private static final String INCOME = "79";

  private final ConnectionId connection;
  private final long companyId;
  private final ObjectNode seed = JSON.objectNode();
  private final ObjectNode company;
  private final Map<Long, String> vendors = new HashMap<>();
  private final Map<String, String> projects = new LinkedHashMap<>();
  private final List<String[]> items = new ArrayList<>();
  private final Set<String> made = new HashSet<>();
  private final List<ErpBooks.Payment> deleted = new ArrayList<>();
  private int lastName = 1;
  private int lastTransaction = 100;

  /** A company with the accounts and the retainage item that the contractor needs. */
  public SeededQuickBooksOnline(
      ConnectionId connection, long companyId, String name, String redirectUri) {
    this.connection = connection;
    this.companyId = companyId;
    ObjectNode app = array(seed, "apps").addObject();
    app.put("clientId", clientId()).put("clientSecret", ContractorSeed.SECRET);
    app.put("realmId", companyKey()).putArray("redirectUris").add(redirectUri);
    company = array(seed, "companies").addObject();
    company.put("realmId", companyKey()).put("name", name);
    account(PAYABLE, null, "Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable");
    account(BANK, "1000", "Operating account", "Bank", "Checking");
    account(CARD, "2000", "Company card", "Credit Card", "CreditCard");
    account(INCOME, "4000", "Construction income", "Income", "SalesOfProductIncome");
    account(COST, "500", "Subcontractors", "Cost of Goods Sold", "CostOfLaborCos");
    account("81", "815", "Retainage payable", "Other Current Liability", "OtherCurrentLiabilities");
    array(company, "Customer").addObject().put("Id", OWNER).put("DisplayName", "Owner of " + name);
    serviceItem("Retainage", "Retainage", "81");
  }

  private void account(String id, String number, String name, String type, String subType) {
    ObjectNode account = array(company, "Account").addObject();
    account.put("Id", id).put("Name", name).put("AccountType", type).put("AccountSubType", subType);
    if (number != null) {
      account.put("AcctNum", number);
    }
  }

  private void serviceItem(String name, String description, String expenseAccount) {
    ObjectNode item = array(company, "Item").addObject();
    item.put("Name", name).put("Type", "Service");
    item.put("Description", description).put("PurchaseDesc", description);
    item.putObject("IncomeAccountRef").put("value", INCOME);
    item.putObject("ExpenseAccountRef").put("value", expenseAccount);
  }

  @Override
  public String erp() {
    return "quickbooksonline";
  }

  @Override
  public String displayName() {
    return "QuickBooks Online";
  }

  /** The realm. */
  @Override
  public String companyKey() {
    return "91303500" + companyId + Math.floorMod(connection.value().hashCode(), 1000);
  }

  private String clientId() {
    return "QBO-APP-" + companyId + "-" + connection.value();
  }

  @Override
  public String vendor(long vendorId, String name) {
    String id = Integer.toString(++lastName);
    array(company, "Vendor").addObject().put("Id", id).put("DisplayName", name);
    vendors.put(vendorId, id);
    return origin("contact", id);
  }

  @Override
  public void newcomer(String name) {
    String id = Integer.toString(++lastName);
    array(company, "Vendor").addObject().put("Id", id).put("DisplayName", name);
  }

  @Override
  public void withoutVendor(long vendorId) {
    ArrayNode all = array(company, "Vendor");
    for (int i = all.size() - 1; i >= 0; i--) {
      if (vendors.get(vendorId).equals(all.get(i).path("Id").textValue())) {
        all.remove(i);
      }
    }
  }

  @Override
  public String project(String number, String name) {
    String id = Integer.toString(++lastName);
    ObjectNode project = array(company, "Customer").addObject();
    project.put("Id", id).put("DisplayName", name).put("Job", true).put("IsProject", true);
    project.put("BillWithParent", true).putObject("ParentRef").put("value", OWNER);
    projects.put(number, id);
    return origin("project", id);
  }

  @Override
  public String code(String projectNumber, String code) {
    return origin("cost_code", projects.get(projectNumber) + "|" + projectNumber + "-" + code);
  }

  @Override
  public void item(String code, String type, String name) {
    items.add(new String[] {code + "." + type, name});
  }

  /** Every project has items of its own, whichever of the two came first. */
  private void itemsOfProjects() {
    for (String number : projects.keySet()) {
      for (String[] one : items) {
        if (made.add(number + "-" + one[0])) {
          serviceItem(number + "-" + one[0], one[1], COST);
        }
      }
    }
  }

  @Override
  public String order(String number, String title, long vendorId) {
    ObjectNode order = array(company, "PurchaseOrder").addObject();
    String id = Integer.toString(++lastTransaction);
    order.put("Id", id).put("DocNumber", number).put("TxnDate", "2026-06-01");
    order.put("PrivateNote", title).putObject("VendorRef").put("value", vendors.get(vendorId));
    order.putObject("APAccountRef").put("value", PAYABLE);
    order.putArray("Line");
    return origin("purchase_order", id);
  }

  @Override
  public String orderLine(String number, long lineId, String description, String amount) {
    ObjectNode order = order(number);
    ArrayNode lines = order.withArray("Line");
    String id = Integer.toString(lines.size() + 1);
    ObjectNode line = lines.addObject();
    line.put("Id", id).put("DetailType", "AccountBasedExpenseLineDetail");
    line.put("Description", description).put("Amount", new BigDecimal(amount));
    line.putObject("AccountBasedExpenseLineDetail").putObject("AccountRef").put("value", COST);
    return origin("purchase_order_line", order.path("Id").textValue() + "|" + id);
  }

  private ObjectNode order(String number) {
    for (JsonNode order : array(company, "PurchaseOrder")) {
      if (number.equals(order.path("DocNumber").textValue())) {
        return (ObjectNode) order;
      }
    }
    throw new IllegalArgumentException("no order " + number);
  }

  @Override
  public void withoutOrder(String number) {
    ArrayNode orders = array(company, "PurchaseOrder");
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (number.equals(orders.get(i).path("DocNumber").textValue())) {
        orders.remove(i);
      }
    }
  }

  @Override
  public ObjectNode seed() {
    itemsOfProjects();
    return seed;
  }

  @Override
  public Map<String, String> settings(String url, String redirectUri) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String address : List.of("url", "token-url", "revocation-url", "consent-url")) {
      settings.put("quickbooks-online." + address, url);
    }
    settings.put("quickbooks-online.client-id", clientId());
    settings.put("quickbooks-online.client-secret", ContractorSeed.SECRET);
    settings.put("quickbooks-online.redirect-uri", redirectUri);
    settings.put("quickbooks-online.realm-id", companyKey());
    settings.put("quickbooks-online.income-account", "4000");
    settings.put("retainage.item", "Retainage");
    return settings;
  }

  @Override
  public String standIn(Sandbox sandbox) {
    return sandbox.quickBooksOnlineUrl();
  }

  @Override
  public ErpBooks books(SandboxControl standIn) {
    JsonNode books = standIn.get("books?realmId=" + companyKey());
    List<ErpBooks.Bill> bills = new ArrayList<>();
    for (JsonNode bill : books.path("Bill")) {
      bills.add(
          new ErpBooks.Bill(
              bill.path("Id").textValue(),
              bill.path("DocNumber").asText(),
              bill.path("TotalAmt").decimalValue(),
              bill.path("Balance").decimalValue(),
              marked(bill.path("PrivateNote").asText("")),
              true));
    }
    List<ErpBooks.Payment> payments = new ArrayList<>(deleted);
    for (JsonNode payment : books.path("BillPayment")) {
      JsonNode lines = payment.path("Line");
      for (JsonNode line : lines) {
        JsonNode linked = line.path("LinkedTxn").path(0);
        if (linked.path("TxnType").asText().equals("Bill")) {
          String bill = linked.path("TxnId").textValue();
          payments.add(
              new ErpBooks.Payment(
                  payment.path("Id").textValue() + "|" + bill,
                  bill,
                  line.path("Amount").decimalValue(),
                  true,
                  lines.size() > 1));
        }
      }
    }
    return new ErpBooks(bills, payments);
  }

  private static String marked(String note) {
    Matcher marker = MARKER.matcher(note);
    return marker.find() ? marker.group(1) : null;
  }

  /** A payment is of one vendor's bills: bills of several are paid by several payments. */
  @Override
  public void pay(
      SandboxControl standIn,
      boolean card,
      String date,
      String reference,
      boolean together,
      List<ErpBooks.Due> due) {
    Map<String, List<ErpBooks.Due>> payments = new LinkedHashMap<>();
    Map<String, String> vendorOf = new HashMap<>();
    standIn
        .get("books?realmId=" + companyKey())
        .path("Bill")
        .forEach(
            bill ->
                vendorOf.put(bill.path("Id").textValue(), bill.at("/VendorRef/value").textValue()));
    for (ErpBooks.Due one : due) {
      String of = together ? vendorOf.get(one.bill().id()) : one.bill().id();
      payments.computeIfAbsent(of, none -> new ArrayList<>()).add(one);
    }
    for (List<ErpBooks.Due> payment : payments.values()) {
      ObjectNode body = JSON.objectNode();
      body.put("realmId", companyKey()).put("payType", card ? "CreditCard" : "Check");
      body.put("accountId", card ? CARD : BANK).put("docNumber", reference);
      if (date != null) {
        body.put("date", date);
      }
      for (ErpBooks.Due one : payment) {
        body.withArray("bills").addObject().put("id", one.bill().id()).put("amount", one.amount());
      }
      standIn.post("pay", body);
    }
  }

  @Override
  public void archiveVendor(SandboxControl standIn, long vendorId) {
    ObjectNode body = JSON.objectNode().put("realmId", companyKey());
    body.put("entity", "Vendor").put("id", vendors.get(vendorId));
    body.putObject("changes").put("Active", false);
    standIn.post("edit", body);
  }

  /** The books do not show what is deleted: it is remembered. */
  @Override
  public void deletePayment(SandboxControl standIn, String paymentId) {
    String id = paymentId.substring(0, paymentId.indexOf('|'));
    for (ErpBooks.Payment payment : books(standIn).payments()) {
      if (payment.living() && payment.id().startsWith(id + "|")) {
        deleted.add(
            new ErpBooks.Payment(
                payment.id(), payment.billId(), payment.amount(), false, payment.together()));
      }
    }
    ObjectNode body = JSON.objectNode().put("realmId", companyKey());
    standIn.post("delete", body.put("entity", "BillPayment").put("id", id));
  }

  private String origin(String kind, String key) {
    return new OriginId(erp(), connection, kind, key).toString();
  }

  private static ArrayNode array(ObjectNode node, String name) {
    return node.withArrayProperty(name);
  }
}
