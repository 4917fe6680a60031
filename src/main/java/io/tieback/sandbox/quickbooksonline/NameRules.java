package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.util.Map;

/**
 * Rules of list objects (reference sections 3.1 to 3.4): names that are unique, across vendors,
 * customers and employees together; parents; accounts of items.
 */
final class NameRules {
  private static final int DEEPEST = 4;
  private static final Map<String, String> CLASSIFICATION =
      Map.ofEntries(
          Map.entry("Bank", "Asset"),
          Map.entry("Accounts Receivable", "Asset"),
          Map.entry("Other Current Asset", "Asset"),
          Map.entry("Fixed Asset", "Asset"),
          Map.entry("Other Asset", "Asset"),
          Map.entry("Accounts Payable", "Liability"),
          Map.entry("Credit Card", "Liability"),
          Map.entry("Other Current Liability", "Liability"),
          Map.entry("Long Term Liability", "Liability"),
          Map.entry("Equity", "Equity"),
          Map.entry("Income", "Revenue"),
          Map.entry("Other Income", "Revenue"),
          Map.entry("Cost of Goods Sold", "Expense"),
          Map.entry("Expense", "Expense"),
          Map.entry("Other Expense", "Expense"));

  private NameRules() {}

  static void settle(Draft draft) {
    ObjectNode body = draft.body();
    if (!body.has("Active")) {
      body.put("Active", true);
    }
    switch (draft.kind()) {
      case CUSTOMER -> customer(draft);
      case ITEM -> item(draft);
      case ACCOUNT -> account(draft);
      default -> {}
    }
    name(draft);
    family(draft);
    if (draft.kind().shape.fields().containsKey("CurrencyRef") && draft.kind().isName()) {
      currency(draft);
    }
  }

  /** The codes of bad characters are not in the reference; 6000 is taken. */
  private static void name(Draft draft) {
    String field = draft.kind().nameField();
    String name = draft.text(field);
    if (name == null || name.isBlank()) {
      throw Refusal.missing(field);
    }
    if (name.chars().anyMatch(c -> c == ':' || c == '\t' || c == '\n' || c == '\r')) {
      throw Refusal.business(field + " must not contain a colon, a tab or a new line");
    }
    for (Company.Entry other : draft.company().namesakes(draft.kind(), draft.body())) {
      if (other != draft.before()) {
        throw Refusal.invalid(
            "6240",
            "Duplicate Name Exists Error",
            "The name supplied already exists. : "
                + (draft.kind().isName()
                    ? "Another customer, vendor or employee is already using this name. Please use"
                        + " a different name."
                    : "Another " + draft.kind().entity + " has it.")
                + " Id="
                + other.id,
            field);
      }
    }
  }

  private static void family(Draft draft) {
    if (!draft.kind().shape.fields().containsKey("FullyQualifiedName")) {
      return;
    }
    String own = draft.text(draft.kind().nameField());
    Company.Entry parent =
        draft.kind() == Kind.VENDOR || draft.kind() == Kind.EMPLOYEE
            ? null
            : draft.referred(draft.kind(), "ParentRef");
    int level = 0;
    for (Company.Entry up = parent; up != null; level++) {
      if (up == draft.before() || level > DEEPEST) {
        throw Refusal.business("ParentRef: at most five levels, none above itself");
      }
      up = draft.company().get(draft.kind(), up.ref("ParentRef"));
    }
    if (level > DEEPEST) {
      throw Refusal.business("ParentRef: at most five levels");
    }
    draft
        .body()
        .put(
            "FullyQualifiedName",
            parent == null ? own : parent.text("FullyQualifiedName") + ":" + own);
    if (draft.kind().shape.fields().containsKey("Level")) {
      draft.body().put("Level", level);
    }
  }

  /** That IsProject cannot be set by the API is UNCERTAIN (section 3.2). */
  private static void customer(Draft draft) {
    ObjectNode body = draft.body();
    boolean was = !draft.isNew() && draft.before().body.path("IsProject").asBoolean(false);
    boolean wanted = body.path("IsProject").asBoolean(was);
    if (wanted != was && !draft.options().people()) {
      throw Refusal.property("IsProject", "specified is unsupported or invalid");
    }
    body.put("IsProject", wanted);
    boolean job = body.path("Job").asBoolean(false);
    if (job != body.has("ParentRef")) {
      throw job
          ? Refusal.missing("ParentRef")
          : Refusal.business("ParentRef is for sub-customers, whose Job is true");
    }
    body.put("Job", job);
  }

  private static void item(Draft draft) {
    ObjectNode body = draft.body();
    String type = draft.text("Type");
    if (type == null) {
      throw Refusal.missing("Type");
    }
    if (type.equals("Service") || type.equals("NonInventory") || type.equals("Inventory")) {
      Company.Entry income = draft.referred(Kind.ACCOUNT, "IncomeAccountRef");
      if (income == null && type.equals("Service")) {
        throw Refusal.missing("IncomeAccountRef");
      }
    } else if (body.has("ExpenseAccountRef") || body.has("IncomeAccountRef")) {
      throw Refusal.business("An item of type " + type + " has no accounts");
    }
    if (type.equals("Inventory") && !body.has("AssetAccountRef")) {
      throw Refusal.missing("AssetAccountRef");
    }
    Company.Entry parent = draft.referred(Kind.ITEM, "ParentRef");
    if (parent != null
        && draft.switches().choice("itemParents").equals("categoryOnly")
        && !"Category".equals(parent.text("Type"))) {
      throw Refusal.business("ParentRef: the parent of an item has to be a category");
    }
    if (body.path("SubItem").asBoolean(false) != (parent != null)) {
      throw parent == null
          ? Refusal.missing("ParentRef")
          : Refusal.business("An item with ParentRef has SubItem true");
    }
  }

  private static void account(Draft draft) {
    String type = draft.text("AccountType");
    if (type == null) {
      throw Refusal.missing("AccountType");
    }
    draft.body().put("Classification", CLASSIFICATION.get(type));
    draft.body().put("SubAccount", draft.body().has("ParentRef"));
  }

  private static void currency(Draft draft) {
    Company company = draft.company();
    String currency = Json.text(draft.body().path("CurrencyRef"), "value");
    if (currency == null) {
      draft.body().putObject("CurrencyRef").put("value", company.homeCurrency);
    } else if (!currency.equals(company.homeCurrency) && !company.multiCurrency) {
      throw Refusal.business("Multicurrency is not enabled; CurrencyRef has to be the home one");
    }
  }
}
