package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpItems;
import io.tieback.erp.ErpItems.ErpItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Items and accounts of a company by name and number. Reads are metered (reference section 10), so
 * what was read counts for a quarter of an hour; only what is not found is asked for again at once.
 */
final class QuickBooksCatalogue implements QuickBooksReferences {

  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final String ITEMS = "reading items";
  private static final String ACCOUNTS = "reading accounts";
  private static final String PAYABLE = "Accounts Payable";

  private final QuickBooksStyle style;
  private final QuickBooksCalls calls;
  private final Clock clock;
  private final Set<String> several = new HashSet<>();
  private Kept<Map<String, JsonNode>> items;
  private Kept<List<JsonNode>> accounts;

  QuickBooksCatalogue(QuickBooksStyle style, QuickBooksCalls calls, Clock clock) {
    this.style = style;
    this.calls = calls;
    this.clock = clock;
  }

  private record Kept<T>(T value, Instant until) {}

  @Override
  public synchronized String item(String name) {
    JsonNode item = items(false).get(key(name));
    if (item == null || !QuickBooksJson.isActive(item)) {
      item = items(true).get(key(name));
    }
    if (several.contains(key(name))) {
      throw new IllegalArgumentException(
          "QuickBooks has several active items named '"
              + name
              + "', in different categories: rename all but the one that is meant");
    }
    if (item == null) {
      throw new IllegalArgumentException(
          "QuickBooks has no item named '"
              + name
              + "': export the cost code to QuickBooks, or create the item there");
    }
    if (!QuickBooksJson.isActive(item)) {
      throw new IllegalArgumentException(
          "item '" + name + "' is inactive in QuickBooks: make it active there");
    }
    if (QuickBooksJson.reference(item, "ExpenseAccountRef") == null) {
      throw new IllegalArgumentException(
          "item '"
              + name
              + "' has no expense account, and QuickBooks takes no such item on a bill: choose one"
              + " on the item in QuickBooks (\"I purchase this product/service from a vendor\")");
    }
    return QuickBooksJson.id(item);
  }

  @Override
  public synchronized String account(String code) {
    return find(code, false)
        .or(() -> find(code, true))
        .map(QuickBooksJson::id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "QuickBooks has no active account with number or name '"
                        + code
                        + "': correct the setting, or make the account active in QuickBooks"));
  }

  @Override
  public synchronized String payable() {
    if (style.payableAccount() != null) {
      return account(style.payableAccount());
    }
    List<JsonNode> payable = payables(false);
    if (payable.size() != 1) {
      payable = payables(true);
    }
    if (payable.size() != 1) {
      throw new IllegalArgumentException(
          "QuickBooks has "
              + payable.size()
              + " active accounts of type Accounts Payable"
              + (payable.isEmpty() ? "" : " (" + names(payable) + ")")
              + ": set which one purchase orders name");
    }
    return QuickBooksJson.id(payable.get(0));
  }

  private List<JsonNode> payables(boolean afresh) {
    return accounts(afresh).stream()
        .filter(
            one ->
                QuickBooksJson.isActive(one)
                    && PAYABLE.equals(QuickBooksJson.text(one, "AccountType")))
        .toList();
  }

  private static String names(List<JsonNode> accounts) {
    return String.join(
        ", ", accounts.stream().map(one -> QuickBooksJson.text(one, "Name")).toList());
  }

  /** By number; by its whole name where nothing has that number. */
  private Optional<JsonNode> find(String code, boolean afresh) {
    List<JsonNode> active = accounts(afresh).stream().filter(QuickBooksJson::isActive).toList();
    for (String field : List.of("AcctNum", "FullyQualifiedName", "Name")) {
      List<JsonNode> found =
          active.stream()
              .filter(one -> code.equalsIgnoreCase(QuickBooksJson.text(one, field)))
              .toList();
      if (found.size() > 1) {
        throw new IllegalArgumentException(
            "QuickBooks has several active accounts '"
                + code
                + "': "
                + String.join(
                    ", ",
                    found.stream()
                        .map(one -> QuickBooksJson.text(one, "FullyQualifiedName"))
                        .toList())
                + ". Name one by its number, or by its whole name");
      }
      if (!found.isEmpty()) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  /** The item of this name, whatever its state, read afresh; empty when there is none. */
  synchronized Optional<JsonNode> named(String name) {
    return Optional.ofNullable(items(true).get(key(name)));
  }

  /** All accounts, also inactive ones. */
  synchronized List<JsonNode> accounts() {
    return accounts(false);
  }

  /** All items by name, read afresh. */
  ErpItems all() {
    Map<String, JsonNode> read;
    Map<String, ErpItem> byCode = new LinkedHashMap<>();
    synchronized (this) {
      read = items(true);
    }
    for (JsonNode item : read.values()) {
      if (QuickBooksJson.isActive(item)) {
        String name = QuickBooksJson.text(item, "Name");
        byCode.put(
            name,
            new ErpItem(
                QuickBooksJson.id(item),
                name,
                name,
                accountCode(QuickBooksJson.reference(item, "ExpenseAccountRef"))));
      }
    }
    return new ErpItems(Integer.MAX_VALUE, QuickBooksLimits.ITEM_NAME_LENGTH, byCode);
  }

  /** The number of an account, or its whole name where it has none; null for none. */
  private synchronized String accountCode(String id) {
    return id == null
        ? null
        : accounts(false).stream()
            .filter(one -> id.equals(QuickBooksJson.id(one)))
            .findFirst()
            .map(QuickBooksCatalogue::codeOf)
            .orElse(id);
  }

  /** What stands for an account in settings: its number, or its whole name where it has none. */
  static String codeOf(JsonNode account) {
    for (String field : List.of("AcctNum", "FullyQualifiedName")) {
      String code = QuickBooksJson.text(account, field);
      if (code != null) {
        return code;
      }
    }
    return QuickBooksJson.text(account, "Name");
  }

  private Map<String, JsonNode> items(boolean afresh) {
    items =
        keep(
            items,
            afresh,
            () -> {
              Map<String, JsonNode> byName = new HashMap<>();
              several.clear();
              for (JsonNode item : read("Item", ITEMS)) {
                String name = QuickBooksJson.text(item, "Name");
                if (name != null) {
                  // In categories two may have one name: what cannot be used hides none that can.
                  JsonNode other = byName.get(key(name));
                  if (other == null || !QuickBooksJson.isActive(other)) {
                    byName.put(key(name), item);
                  } else if (QuickBooksJson.isActive(item)) {
                    several.add(key(name));
                  }
                }
              }
              return byName;
            });
    return items.value();
  }

  private List<JsonNode> accounts(boolean afresh) {
    accounts = keep(accounts, afresh, () -> read("Account", ACCOUNTS));
    return accounts.value();
  }

  private List<JsonNode> read(String entity, String doing) {
    return calls
        .query("select * from " + entity + " where " + QuickBooksQuery.ALSO_INACTIVE, entity, doing)
        .records();
  }

  private <T> Kept<T> keep(Kept<T> kept, boolean afresh, Supplier<T> read) {
    return !afresh && kept != null && clock.instant().isBefore(kept.until())
        ? kept
        : new Kept<>(read.get(), clock.instant().plus(KEPT));
  }

  /** QuickBooks takes two names that differ in letter case for one. */
  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
