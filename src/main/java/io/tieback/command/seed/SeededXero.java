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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A seeded contractor's organisation in Xero. */
public final class SeededXero implements SeededErp {

  private static final Set<String> LIVING_BILLS =
      Set.of("DRAFT", "SUBMITTED", "AUTHORISED", "PAID");

  private final ConnectionId connection;
  private final long companyId;
  private final ObjectNode seed = JsonNodeFactory.instance.objectNode();
  private final ObjectNode organisation;
  private final ArrayNode options;
  private final Map<Long, String> contacts = new HashMap<>();
  private final Map<String, String> projects = new HashMap<>();

  /** An organisation with the accounts that the contractor needs. */
  public SeededXero(ConnectionId connection, long companyId, String name, String redirectUri) {
    this.connection = connection;
    this.companyId = companyId;
    ObjectNode app = array(seed, "apps").addObject();
    app.put("clientId", clientId()).put("clientSecret", ContractorSeed.SECRET);
    app.put("grant", "authorization_code").put("tenantId", companyKey());
    app.putArray("redirectUris").add(redirectUri);
    organisation = array(seed, "organisations").addObject();
    organisation.put("tenantId", companyKey()).put("name", name).put("baseCurrency", "USD");
    organisation.put("countryCode", "US").put("timezone", "PACIFICSTANDARDTIME");
    account("500", "Subcontractors", "DIRECTCOSTS", null);
    account("815", "Retainage payable", "CURRLIAB", null);
    account("090", "Operating account", "BANK", "BANK");
    account("091", "Company card", "BANK", "CREDITCARD");
    ObjectNode rate = array(organisation, "taxRates").addObject();
    rate.put("name", "Tax Exempt").put("taxType", "NONE").put("effectiveRate", 0);
    ObjectNode category = array(organisation, "trackingCategories").addObject();
    category.put("trackingCategoryId", trackingCategoryId()).put("name", "Project");
    options = category.putArray("options");
  }

  private void account(String code, String name, String type, String bankType) {
    ObjectNode account = array(organisation, "accounts").addObject();
    account.put("code", code).put("name", name).put("type", type).put("taxType", "NONE");
    if (bankType != null) {
      account.put("bankAccountType", bankType).put("enablePayments", true);
    }
  }

  @Override
  public String erp() {
    return "xero";
  }

  @Override
  public String displayName() {
    return "Xero";
  }

  @Override
  public String companyKey() {
    return uuid("tenant");
  }

  /** The tracking category whose options are projects. */
  String trackingCategoryId() {
    return uuid("category");
  }

  /** Client id of the app at the stand-in. */
  String clientId() {
    return "XERO-APP-" + companyId + "-" + connection.value();
  }

  @Override
  public String vendor(long vendorId, String name) {
    String contact = uuid("contact:" + name);
    array(organisation, "contacts").addObject().put("contactId", contact).put("name", name);
    contacts.put(vendorId, contact);
    return origin("contact", contact);
  }

  @Override
  public void newcomer(String name) {
    array(organisation, "contacts").addObject().put("name", name).put("supplier", true);
  }

  @Override
  public void withoutVendor(long vendorId) {
    ArrayNode all = array(organisation, "contacts");
    for (int i = all.size() - 1; i >= 0; i--) {
      if (contacts.get(vendorId).equals(all.get(i).path("contactId").textValue())) {
        all.remove(i);
      }
    }
  }

  @Override
  public String project(String number, String name) {
    String option = uuid("option:" + number);
    options.addObject().put("trackingOptionId", option).put("name", number + " " + name);
    projects.put(number, option);
    return origin("tracking_option", option);
  }

  @Override
  public String code(String projectNumber, String code) {
    return origin("cost_code", projects.get(projectNumber) + "|" + code);
  }

  @Override
  public void item(String code, String type, String name) {
    array(organisation, "items")
        .addObject()
        .put("code", code + "." + type)
        .put("name", name)
        .put("purchaseAccountCode", "500");
  }

  @Override
  public String order(String number, String title, long vendorId) {
    ObjectNode made = array(organisation, "orders").addObject();
    made.put("purchaseOrderId", uuid("order:" + number)).put("number", number);
    made.put("reference", title).put("contactId", contacts.get(vendorId));
    made.putArray("lines");
    return origin("purchase_order", uuid("order:" + number));
  }

  @Override
  public String orderLine(String number, long lineId, String description, String amount) {
    String key = uuid("order-line:" + lineId);
    for (JsonNode order : array(organisation, "orders")) {
      if (number.equals(order.path("number").asText())) {
        ((ObjectNode) order)
            .withArray("lines")
            .addObject()
            .put("lineItemId", key)
            .put("description", description)
            .put("amount", amount)
            .put("accountCode", "500");
      }
    }
    return origin("purchase_order_line", key);
  }

  @Override
  public void withoutOrder(String number) {
    ArrayNode orders = array(organisation, "orders");
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (number.equals(orders.get(i).path("number").asText())) {
        orders.remove(i);
      }
    }
  }

  @Override
  public ObjectNode seed() {
    return seed;
  }

  @Override
  public Map<String, String> settings(String url, String redirectUri) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("xero.url", url);
    settings.put("xero.identity-url", url);
    settings.put("xero.login-url", url);
    settings.put("xero.client-id", clientId());
    settings.put("xero.client-secret", ContractorSeed.SECRET);
    settings.put("xero.redirect-uri", redirectUri);
    settings.put("xero.tenant-id", companyKey());
    settings.put("xero.tracking-category-id", trackingCategoryId());
    return settings;
  }

  @Override
  public String standIn(Sandbox sandbox) {
    return sandbox.xeroUrl();
  }

  @Override
  public ErpBooks books(SandboxControl standIn) {
    return books(standIn.get("books?tenantId=" + companyKey()));
  }

  /** The books as the stand-in's {@code /_sandbox/books} gives them. */
  public static ErpBooks books(JsonNode books) {
    List<ErpBooks.Bill> bills = new ArrayList<>();
    for (JsonNode bill : books.path("bills")) {
      String status = bill.path("status").textValue();
      BigDecimal total = bill.path("total").decimalValue();
      bills.add(
          new ErpBooks.Bill(
              bill.path("invoiceId").textValue(),
              bill.path("number").textValue(),
              total,
              bill.path("amountDue").decimalValue(),
              bill.path("url").textValue(),
              LIVING_BILLS.contains(status)));
    }
    List<ErpBooks.Payment> payments = new ArrayList<>();
    for (JsonNode payment : books.path("payments")) {
      payments.add(
          new ErpBooks.Payment(
              payment.path("paymentId").textValue(),
              payment.path("invoiceId").textValue(),
              payment.path("amount").decimalValue(),
              !payment.path("status").textValue().equals("DELETED"),
              payment.hasNonNull("batchPaymentId")));
    }
    return new ErpBooks(bills, payments);
  }

  @Override
  public void pay(
      SandboxControl standIn,
      boolean card,
      String date,
      String reference,
      boolean together,
      List<ErpBooks.Due> due) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("tenantId", companyKey()).put("accountCode", card ? "091" : "090");
    body.put("batch", together).put("reference", reference);
    if (date != null) {
      body.put("date", date);
    }
    ArrayNode invoices = body.putArray("invoices");
    for (ErpBooks.Due one : due) {
      invoices.addObject().put("invoiceId", one.bill().id()).put("amount", one.amount());
    }
    standIn.post("pay", body);
  }

  @Override
  public void archiveVendor(SandboxControl standIn, long vendorId) {
    standIn.post(
        "contacts",
        JsonNodeFactory.instance
            .objectNode()
            .put("tenantId", companyKey())
            .put("contactId", contacts.get(vendorId))
            .put("do", "archive"));
  }

  @Override
  public void deletePayment(SandboxControl standIn, String paymentId) {
    standIn.post("payments/" + paymentId + "/delete", JsonNodeFactory.instance.objectNode());
  }

  private String origin(String kind, String key) {
    return new OriginId(erp(), connection, kind, key).toString();
  }

  private String uuid(String name) {
    return ContractorSeed.uuid(connection, companyId, name);
  }

  private static ArrayNode array(ObjectNode node, String name) {
    return node.withArrayProperty(name);
  }
}
