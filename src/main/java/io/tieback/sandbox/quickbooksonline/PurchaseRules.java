package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** Bills, vendor credits, purchase orders and purchases (reference sections 3.5, 3.6 and 3.8). */
final class PurchaseRules {
  private static final String ITEM = "ItemBasedExpenseLineDetail";
  private static final String ACCOUNT = "AccountBasedExpenseLineDetail";

  private PurchaseRules() {}

  static void settle(Draft draft) {
    if (draft.kind() == Kind.PURCHASE) {
      payer(draft);
    } else {
      DocumentRules.payable(draft, draft.kind() == Kind.PURCHASE_ORDER);
    }
    if (draft.body().path("Line").isEmpty()) {
      throw Refusal.missing("Line");
    }
    Taxes.mode(draft);
    for (JsonNode line : draft.body().path("Line")) {
      line(draft, (ObjectNode) line);
    }
    BigDecimal net = BigDecimal.ZERO;
    for (JsonNode line : draft.body().path("Line")) {
      net = net.add(DocumentRules.money(line, "Amount"));
    }
    BigDecimal total = net.add(Taxes.settle(draft)).setScale(2, RoundingMode.UNNECESSARY);
    if (total.signum() < 0) {
      throw Refusal.business("Transaction amount must be 0 or greater.");
    }
    if (total.signum() == 0 && draft.switches().choice("zeroTotal").equals("refuse")) {
      throw Refusal.business("Transaction amount must not be 0.");
    }
    draft.body().put("TotalAmt", total);
    OrderLinks.keepLiked(draft);
    switch (draft.kind()) {
      case BILL -> {
        dueDate(draft);
        balance(draft, total);
      }
      case VENDOR_CREDIT -> balance(draft, total);
      case PURCHASE_ORDER -> {
        if (!draft.body().has("POStatus")) {
          draft.body().put("POStatus", "Open");
        }
      }
      default -> {}
    }
  }

  private static void payer(Draft draft) {
    String type = draft.text("PaymentType");
    DocumentRules.account(
        draft,
        draft.body().get("AccountRef"),
        type.equals("CreditCard") ? "Credit Card" : "Bank",
        "AccountRef");
    if (draft.body().path("Credit").asBoolean(false) && !type.equals("CreditCard")) {
      throw Refusal.business("Credit is for PaymentType CreditCard");
    }
  }

  private static void line(Draft draft, ObjectNode line) {
    String type = Json.text(line, "DetailType");
    if (type.equals("DescriptionOnly")) {
      line.remove("Amount");
      return;
    }
    if (!line.hasNonNull(type)) {
      throw Refusal.missing("Line." + type);
    }
    if (line.hasNonNull(type.equals(ITEM) ? ACCOUNT : ITEM)) {
      throw Refusal.property("Line", "has a detail that is not of its DetailType");
    }
    ObjectNode detail = (ObjectNode) line.get(type);
    if (type.equals(ITEM) && !detail.has("ItemRef")) {
      comment(line);
      return;
    }
    if (!line.has("Amount")) {
      throw Refusal.missing("Line.Amount");
    }
    if (type.equals(ITEM)) {
      item(draft, line, detail);
    } else {
      String account = Json.text(detail.path("AccountRef"), "value");
      if ("Accounts Payable"
          .equals(draft.company().get(Kind.ACCOUNT, account).text("AccountType"))) {
        throw Refusal.business("A line cannot post to accounts payable");
      }
    }
    detail(draft, detail);
  }

  /** An item line without item is a comment and its amount is dropped (section 3.5). */
  private static void comment(ObjectNode line) {
    line.remove("Amount");
    line.remove(ITEM);
    line.put("DetailType", "DescriptionOnly");
    line.putObject("DescriptionLineDetail");
  }

  private static void item(Draft draft, ObjectNode line, ObjectNode detail) {
    Company.Entry item = draft.company().get(Kind.ITEM, Json.text(detail.path("ItemRef"), "value"));
    if (item.ref("ExpenseAccountRef") == null) {
      throw Refusal.business(
          "The item "
              + item.text("Name")
              + " has no expense account and cannot be used on a purchase");
    }
    BigDecimal amount = line.get("Amount").decimalValue();
    if (detail.has("UnitPrice")) {
      BigDecimal quantity = detail.has("Qty") ? detail.get("Qty").decimalValue() : BigDecimal.ONE;
      BigDecimal product =
          quantity
              .multiply(detail.get("UnitPrice").decimalValue())
              .setScale(2, RoundingMode.HALF_UP);
      if (product.compareTo(amount) != 0) {
        if (draft.switches().choice("amountMismatch").equals("refuse")) {
          throw Refusal.invalid(
              "6070",
              "Amount calculation incorrect in the request",
              "Amount calculation incorrect in the request. Amount is not equal to UnitPrice * Qty."
                  + " Supplied value:"
                  + amount.toPlainString(),
              "Line.Amount");
        }
        line.put("Amount", product);
      }
    } else if (!detail.has("Qty") && draft.switches().flag("fillsQuantity")) {
      detail.put("Qty", BigDecimal.ONE);
      detail.put("UnitPrice", amount);
    }
  }

  private static void detail(Draft draft, ObjectNode detail) {
    Company company = draft.company();
    if (detail.has("ClassRef") && !company.classPerLine) {
      if (draft.switches().choice("classWithoutTracking").equals("refuse")) {
        throw Refusal.business("Class tracking per line is not enabled");
      }
      detail.remove("ClassRef");
    }
    boolean customer = detail.has("CustomerRef");
    if (!detail.has("BillableStatus")) {
      detail.put(
          "BillableStatus", customer && company.billableByDefault ? "Billable" : "NotBillable");
    }
    String billable = Json.text(detail, "BillableStatus");
    if (billable.equals("HasBeenBilled") && draft.isNew()) {
      throw Refusal.business("BillableStatus HasBeenBilled is set by invoicing only");
    }
    if (billable.equals("Billable") && !customer) {
      throw Refusal.business("A billable line needs a CustomerRef");
    }
    Taxes.code(draft, detail);
  }

  private static void dueDate(Draft draft) {
    if (draft.body().has("DueDate")) {
      return;
    }
    Company.Entry term = draft.referred(Kind.TERM, "SalesTermRef");
    if (term == null) {
      Company.Entry vendor = draft.referred(Kind.VENDOR, "VendorRef");
      term = draft.company().get(Kind.TERM, vendor.ref("TermRef"));
    }
    int days = term == null ? 0 : term.body.path("DueDays").asInt(0);
    draft.body().put("DueDate", LocalDate.parse(draft.text("TxnDate")).plusDays(days).toString());
  }

  private static void balance(Draft draft, BigDecimal total) {
    BigDecimal paid = BigDecimal.ZERO;
    if (!draft.isNew()) {
      Company.Entry before = draft.before();
      paid = draft.company().appliedTo(before);
      boolean linked = paid.signum() != 0;
      boolean changes =
          total.compareTo(before.money("TotalAmt")) != 0
              || !before
                  .ref("VendorRef")
                  .equals(Json.text(draft.body().path("VendorRef"), "value"));
      if (linked
          && changes
          && (total.compareTo(paid) < 0
              || draft.switches().choice("paidBillEdits").equals("refuse"))) {
        throw Refusal.invalid(
            "6540",
            "The transaction is linked to another and cannot be changed",
            "Payments are applied to "
                + draft.kind().entity
                + " "
                + before.id
                + ". Unlink them first.",
            "");
      }
    }
    draft.body().put("Balance", total.subtract(paid));
  }
}
