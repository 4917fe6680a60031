package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What people call the items and accounts that lines name by id, for one reading. Only the items
 * that are named are asked for, some hundreds in a call: a company has one for each project and
 * cost code. All accounts are one call, made when one is needed.
 */
final class QuickBooksCodes {

  /** So many ids fit into an address. */
  private static final int AT_ONCE = 300;

  private final QuickBooksCalls calls;
  private final Map<String, JsonNode> items = new HashMap<>();
  private Map<String, JsonNode> accounts;

  QuickBooksCodes(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /**
   * Asks for the items that these lines name.
   *
   * @throws io.tieback.wire.Failure when QuickBooks does not tell
   */
  void learn(Collection<QuickBooksShown.Line> lines) {
    List<String> ids =
        List.copyOf(
            lines.stream()
                .map(QuickBooksShown.Line::itemId)
                .filter(id -> id != null && !items.containsKey(id))
                .collect(Collectors.toCollection(TreeSet::new)));
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      items.putAll(list("Item", QuickBooksQuery.in("Id", some) + " and "));
    }
  }

  /** The name of a line's item; its id when QuickBooks has it no more; null for none. */
  String item(QuickBooksShown.Line line) {
    JsonNode item = items.get(line.itemId());
    String name = item == null ? null : QuickBooksJson.text(item, "Name");
    return name == null ? line.itemId() : name;
  }

  /**
   * The account that a line posts to, its item's where it names none, as it stands in settings: its
   * number, or its whole name where it has none. Null when it names neither.
   */
  String account(QuickBooksShown.Line line) {
    JsonNode item = items.get(line.itemId());
    String id =
        line.accountId() != null || item == null
            ? line.accountId()
            : QuickBooksJson.reference(item, "ExpenseAccountRef");
    if (id == null) {
      return null;
    }
    JsonNode account = accounts().get(id);
    return account == null ? id : QuickBooksCatalogue.codeOf(account);
  }

  /** Ids of the items of this name; no call for null. */
  Set<String> itemsNamed(String name) {
    return name == null
        ? Set.of()
        : Set.copyOf(list("Item", "Name = " + QuickBooksQuery.quoted(name) + " and ").keySet());
  }

  /** Ids of the accounts that settings mean by this number or name; no call for null. */
  Set<String> accountsNamed(String code) {
    return code == null
        ? Set.of()
        : accounts().entrySet().stream()
            .filter(one -> code.equalsIgnoreCase(QuickBooksCatalogue.codeOf(one.getValue())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
  }

  private Map<String, JsonNode> accounts() {
    if (accounts == null) {
      accounts = list("Account", "");
    }
    return accounts;
  }

  private Map<String, JsonNode> list(String entity, String condition) {
    Map<String, JsonNode> byId = new HashMap<>();
    calls
        .query(
            "select * from " + entity + " where " + condition + QuickBooksQuery.ALSO_INACTIVE,
            entity,
            "reading what lines name")
        .records()
        .forEach(one -> byId.put(Objects.requireNonNullElse(QuickBooksJson.id(one), ""), one));
    return byId;
  }
}
